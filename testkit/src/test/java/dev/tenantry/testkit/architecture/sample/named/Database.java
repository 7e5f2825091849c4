package dev.tenantry.testkit.architecture.sample.named;

/** Has a name that only begins like one that tells nothing. */
public final class Database {

    /** So has this one. */
    public static final class Information {}
}
