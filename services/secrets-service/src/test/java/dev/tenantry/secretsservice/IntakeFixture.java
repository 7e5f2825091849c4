package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.known;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.queue.OpeningQueue;
import dev.tenantry.secretsservice.queue.OpeningQueue.Next;
import dev.tenantry.secretsservice.queue.Pauses;
import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.secretsservice.sealing.Unsealer;
import dev.tenantry.testkit.time.MovableClock;

/** An intake whose turns wait and are counted; namespace team-a is in partition 0, all others in 1. */
final class IntakeFixture {

    final MovableClock clock = new MovableClock();
    final FakeSealedSecrets sealedSecrets = new FakeSealedSecrets();
    final FakeSecrets secrets = new FakeSecrets();
    final Ownership ownership = new Ownership(2, name -> name.namespace().equals("team-a") ? 0 : 1,
            Duration.ofSeconds(15), clock);
    final List<Observation> observed = new ArrayList<>();
    final Turn turn = new Turn(sealedSecrets,
            new Opener(new Unsealer(Templates.none(), true), KeyRing::empty, secrets), List.of(observed::add), clock);
    // None runs: they stay where they are counted.
    final OpeningQueue queue = new OpeningQueue(0, new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1)),
            name -> Next.REST);
    final Intake intake;

    IntakeFixture() {
        this(true);
    }

    IntakeFixture(boolean restores) {
        intake = new Intake(ownership, new Objects(sealedSecrets, secrets), turn, queue,
                new Corrections(restores, clock));
        ownership.listen(intake);
    }

    void own(int partition) {
        ownership.assigned(List.of(partition));
    }

    /** Tell of one that was not seen yet. */
    void appears(Manifest object) {
        sealedSecrets.put(object);
        intake.seen(null, known(object), object);
    }

    void changes(Manifest before, Manifest now) {
        sealedSecrets.put(now);
        intake.seen(known(before), known(now), now);
    }

    int turns() {
        return queue.depth();
    }

    /** Tell whether the next turn has no need to read the object. */
    boolean wasBrought() {
        int reads = sealedSecrets.reads;
        turn.take(NAME);
        return sealedSecrets.reads == reads;
    }

    /** Take the next turn off the queue, and tell whether it would be one of a Secret that was changed. */
    boolean takesDrift() {
        queue.forget(NAME);
        turn.take(NAME);
        return observed.get(observed.size() - 1).drift();
    }
}
