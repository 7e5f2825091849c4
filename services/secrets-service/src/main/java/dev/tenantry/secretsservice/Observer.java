package dev.tenantry.secretsservice;

/** Hears of each attempt, after its outcome is in the status. */
public interface Observer {

    void observed(Observation observation);
}
