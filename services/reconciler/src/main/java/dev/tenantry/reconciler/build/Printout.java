package dev.tenantry.reconciler.build;

import java.util.List;

/** What a build came to, for people to read. */
public sealed interface Printout permits Printout.Printed, BuildResult.BuildFailed {

    /**
     * The objects.
     *
     * @param yaml documents in the order of {@link BuildResult.Built}; empty when there are none
     * @param warnings what the reconciler would refuse, such as variables without a value
     */
    record Printed(String yaml, List<String> warnings) implements Printout {}
}
