package dev.tenantry.gitwatcher;

/** Hear of every look at a source. Called by the look's own thread, so it must not wait for anything slow. */
@FunctionalInterface
public interface Observer {

    void observed(Observation observation);
}
