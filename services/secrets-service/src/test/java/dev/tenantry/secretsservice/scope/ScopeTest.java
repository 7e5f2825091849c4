package dev.tenantry.secretsservice.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class ScopeTest {

    private static final String CLUSTER_WIDE = "sealedsecrets.bitnami.com/cluster-wide";
    private static final String NAMESPACE_WIDE = "sealedsecrets.bitnami.com/namespace-wide";
    private static final NamespacedName SECRET = new NamespacedName("team-a", "database");

    @Test
    void silenceIsStrict() {
        assertThat(Scope.of(Map.of())).isEqualTo(Scope.STRICT);
        assertThat(Scope.of(Map.of(CLUSTER_WIDE, "yes", NAMESPACE_WIDE, "TRUE"))).isEqualTo(Scope.STRICT);
        assertThat(Scope.isSaid(Map.of(CLUSTER_WIDE, "false"))).isFalse();
    }

    @Test
    void theWiderOfTwoCounts() {
        assertThat(Scope.of(Map.of(NAMESPACE_WIDE, "true"))).isEqualTo(Scope.NAMESPACE_WIDE);
        assertThat(Scope.of(Map.of(NAMESPACE_WIDE, "true", CLUSTER_WIDE, "true"))).isEqualTo(Scope.CLUSTER_WIDE);
    }

    @Test
    void annotationsSayOneScopeAndKeepTheRest() {
        Map<String, String> annotations = Map.of("team", "a", CLUSTER_WIDE, "true");

        assertThat(Scope.STRICT.in(annotations)).containsExactly(Map.entry("team", "a"));
        assertThat(Scope.NAMESPACE_WIDE.in(annotations)).containsOnly(Map.entry("team", "a"),
                Map.entry(NAMESPACE_WIDE, "true"));
    }

    @Test
    void theLabelIsAsNarrowAsTheScope() {
        assertThat(Scope.STRICT.label(SECRET)).asString().isEqualTo("team-a/database");
        assertThat(Scope.NAMESPACE_WIDE.label(SECRET)).asString().isEqualTo("team-a");
        assertThat(Scope.CLUSTER_WIDE.label(SECRET)).isEmpty();
    }

    @Test
    void theWordsAreThoseOfKubeseal() {
        assertThat(Scope.named("namespace-wide")).contains(Scope.NAMESPACE_WIDE);
        assertThat(Scope.named("global")).isEmpty();
        assertThat(Scope.words()).isEqualTo("strict, namespace-wide, cluster-wide");
    }
}
