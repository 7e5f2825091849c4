package dev.tenantry.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.queue.Cause;

class RequestTest {

    private final FakeWorld world = new FakeWorld();

    @BeforeEach
    void aSettledTargetOfWhichARunIsRequested() {
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.annotate(Map.of(Target.REQUESTED_AT, "now"));
    }

    @Test
    void aRequestBuildsAndAppliesEverything() {
        // When
        world.run(Cause.REQUEST);

        // Then
        assertThat(world.builds).isEqualTo(2);
        assertThat(world.applies).isEqualTo(2);
        assertThat(world.target().status().lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void aRequestThatFindsTheSourceMissingIsDoneWhenItIsBack() {
        // Given
        String revision = world.revision;
        world.revision = "";
        world.run(Cause.REQUEST);
        world.passes(Conclusion.GRACE);
        world.run(Cause.WAIT);
        assertThat(world.target().conditions().isTrue(ConditionType.READY)).isFalse();
        assertThat(world.target().status().lastHandledReconcileAt()).isNull();
        world.revision = revision;

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.builds).isEqualTo(2);
        assertThat(world.target().status().lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void aRequestThatCameWhileNobodyOwnedTheTargetIsDoneAtTheResync() {
        // When
        world.run(Cause.RESYNC);

        // Then
        assertThat(world.applies).isEqualTo(2);
        assertThat(world.target().pendingRequest()).isEmpty();
    }

    @Test
    void aRequestOfATargetThatWaitsForHealthIsDoneOnce() {
        // Given
        var web = new ObjectRef("apps", "Deployment", "team", "web");
        world.unhealthy.put(web, "status: 'InProgress'");
        world.put("healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: web}]");
        world.annotate(Map.of(Target.REQUESTED_AT, "later"));
        world.run(Cause.REQUEST);
        int builds = world.builds;

        // When
        world.run(Cause.WAIT);

        // Then
        assertThat(world.builds).isEqualTo(builds);
        assertThat(world.target().status().lastHandledReconcileAt()).isEqualTo("later");
    }
}
