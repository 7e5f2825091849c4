package dev.tenantry.reconciler.apply;

/** What a write did to an object, in the words of kubectl and Flux. */
public enum Action {
    CREATED, CONFIGURED, UNCHANGED;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
