package dev.tenantry.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Variables;
import dev.tenantry.reconciler.source.Variables.Origin;

class RenderingKeyTest {

    private static final NamespacedName APPS = new NamespacedName("team", "apps");
    private static final Account ACCOUNT = new Account("team", "default");

    private final Renderer renderer = new Renderer((request, tree, claim) -> {
        throw new AssertionError("a key is made without a build");
    }, "kustomize 1", new FakeWorld(), new Fingerprint(new byte[32]), namespace -> "team");

    @Test
    void keyOfTheLastRunIsKeptWhereAllIsAsItWas() {
        // Given
        RenderingKey last = key("path: a", "r1", "1", null);

        // When
        RenderingKey next = key("path: a", "r2", "1", last);

        // Then
        assertThat(next).isSameAs(last);
    }

    @Test
    void anotherSpecHasAnotherKey() {
        RenderingKey last = key("path: a", "r1", "1", null);

        assertThat(key("path: b", "r1", "1", last).value()).isNotEqualTo(last.value());
    }

    @Test
    void anotherVersionOfAVariableHasAnotherKey() {
        RenderingKey last = key("path: a", "r1", "1", null);

        assertThat(key("path: a", "r1", "2", last).value()).isNotEqualTo(last.value());
    }

    private RenderingKey key(String spec, String revision, String versionOfVariable, @Nullable RenderingKey last) {
        var variables = new Variables.Resolved(Map.of(),
                List.of(new Origin("ConfigMap", "settings", "uid", versionOfVariable)), Set.of());
        return renderer.key(TargetFixture.target(APPS, spec, null, 1),
                new SourceRevision(APPS, "uid", revision, null), variables, ACCOUNT, last);
    }
}
