package dev.tenantry.testkit.architecture.sample.named;

/** Has a name that tells nothing. */
public final class ThingManager {

    /** So has this one. */
    public static final class DataThing {}

    /** And this one. */
    public static class AbstractThing {}

    /** And this one. */
    public static final class ThingUtils {}
}
