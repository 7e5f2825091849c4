package dev.tenantry.reconciler.http;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tenantry.reconciler.queue.WorkQueue;

/** How the replica that answers is, as REST shows it. */
@Schema(name = "ReconcilerStatus", description = "What the replica that answers works on")
record StatusView(
        @Schema(description = "What its ownership of targets rests on", examples = "has 64 of 64 partitions") String ownership,
        @Schema(description = "The partitions whose targets it works on") List<Integer> partitions,
        @Schema(description = "How many targets it knows of") int targets,
        @Schema(description = "How many of them it works on") int owned,
        Queue queue) {

    /** What the work queue holds. */
    @Schema(name = "QueueLoad")
    record Queue(
            @Schema(description = "Targets that wait for their turn") int waiting,
            @Schema(description = "Runs that go on") int running,
            @Schema(description = "Targets that run at a later time by themselves") int delayed,
            @Schema(description = "Runs since the start") long started,
            @Schema(description = "Work that was merged into other work, since the start") long coalesced) {

        static Queue of(WorkQueue.Load load) {
            return new Queue(load.waiting(), load.running(), load.delayed(), load.started(), load.coalesced());
        }
    }
}
