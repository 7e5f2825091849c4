package dev.tenantry.gitwatcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.ReceiverResource;
import dev.tenantry.kubernetes.notification.ReceiverSpec;

class SelectionTest {

    private static final Set<String> PLATFORM = Set.of("flux-system");

    @Test
    void aKindOfFluxNeedsNoApiVersion() {
        // When
        Selection.Choice choice = choose("biology", resource(null, "HelmRelease", "web", null, Map.of()));

        // Then
        assertThat(choice.selections()).containsExactly(new Selection(
                "helm.toolkit.fluxcd.io", "v2", "HelmRelease", "biology", Optional.of("web"), Map.of()));
    }

    @Test
    void aStarMeansAllWithTheLabels() {
        // When
        Selection.Choice choice = choose(
                "biology",
                resource("source.toolkit.fluxcd.io/v1", "GitRepository", "*", null, Map.of("b", "2", "a", "1")));

        // Then
        assertThat(choice.selections()).singleElement().satisfies(selection -> {
            assertThat(selection.name()).isEmpty();
            assertThat(selection.labelSelector()).isEqualTo("a=1,b=2");
        });
    }

    @Test
    void aTeamReachesNoOtherNamespace() {
        // When
        Selection.Choice other = choose("biology", resource(null, "GitRepository", "apps", "physics", Map.of()));
        Selection.Choice all = choose("biology", resource(null, "GitRepository", "*", "*", Map.of()));

        // Then
        assertThat(other.selections()).isEmpty();
        assertThat(other.refused()).singleElement().asString().contains("cross-namespace");
        assertThat(all.selections()).isEmpty();
    }

    @Test
    void aPlatformNamespaceReachesAny() {
        // When
        Selection.Choice other = choose("flux-system", resource(null, "GitRepository", "apps", "physics", Map.of()));
        Selection.Choice all = choose("flux-system", resource(null, "GitRepository", "*", "*", Map.of()));

        // Then
        assertThat(other.selections()).extracting(Selection::namespace).containsExactly("physics");
        assertThat(all.selections()).extracting(Selection::namespace).containsExactly("");
    }

    private static Selection.Choice choose(String namespace, ReceiverResource resource) {
        ReceiverSpec spec = new ReceiverSpec("generic", null, List.of(), List.of(resource), null, null, List.of(),
                false);
        return Selection.of(new NamespacedName(namespace, "push"), spec, PLATFORM);
    }

    private static ReceiverResource resource(@Nullable String apiVersion, String kind, String name,
            @Nullable String namespace, Map<String, String> labels) {
        return new ReceiverResource(apiVersion, kind, name, namespace, labels, null);
    }
}
