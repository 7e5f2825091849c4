package dev.tenantry.reconciler.build;

/** What a build came to, for people to read. */
public sealed interface Printout permits Printout.Printed, BuildResult.BuildFailed {

    /** The objects as YAML documents, in the order of {@link BuildResult.Built}; empty when there are none. */
    record Printed(String yaml) implements Printout {}
}
