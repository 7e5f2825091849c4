package dev.tenantry.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.reconciler.queue.Cause;

class RendererTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void whereAKindLivesIsAskedOnceForAllObjectsOfARender() {
        // Given
        world.put("");
        world.commit("a=1 b=2 c=3");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.objects).hasSize(3);
        assertThat(world.scopeQuestions).isEqualTo(1);
    }
}
