package dev.tenantry.secretsservice.wiring;

import java.util.List;

import jakarta.inject.Singleton;

import dev.tenantry.secretsservice.Intake;
import dev.tenantry.secretsservice.queue.OpeningQueue;

/** Open SealedSecrets as they come. */
@Singleton
class Opening {

    private final Watches watches;
    private final Intake intake;
    private final OpeningQueue queue;

    Opening(Watches watches, Intake intake, OpeningQueue queue) {
        this.watches = watches;
        this.intake = intake;
        this.queue = queue;
    }

    /**
     * Start, and give what to close, in the order of starting.
     *
     * @param keysChanged called when another key opens something, and when all keys have been told
     */
    List<AutoCloseable> start(Runnable keysChanged) {
        return List.of(queue, watches.start(intake, () -> {
            keysChanged.run();
            intake.keysChanged();
        }));
    }
}
