package dev.tenantry.reconciler.apply;

import java.util.Locale;

/** What a write did to an object, in the words of kubectl and Flux. */
public enum Action {
    CREATED, CONFIGURED, UNCHANGED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
