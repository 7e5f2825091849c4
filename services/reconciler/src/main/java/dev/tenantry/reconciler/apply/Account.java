package dev.tenantry.reconciler.apply;

/** A service account that objects are applied as. */
public record Account(String namespace, String name) {

    @Override
    public String toString() {
        return "serviceaccount " + namespace + "/" + name;
    }
}
