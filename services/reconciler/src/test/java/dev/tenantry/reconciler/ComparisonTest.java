package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.compare.Difference;
import dev.tenantry.reconciler.compare.FieldChange;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.plan.Reason;
import dev.tenantry.reconciler.queue.Cause;
import dev.tenantry.reconciler.source.Variables;

class ComparisonTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void whatIsAsTheSourceSaysHasNoDifference() {
        // Given
        world.put("");
        world.commit("a=1 b=2");
        world.run(Cause.SPEC);

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).isEmpty();
        assertThat(compared.unchanged()).isEqualTo(2);
        assertThat(compared.revision()).isEqualTo(world.revision);
        assertThat(compared.obstacle()).isNull();
    }

    @Test
    void eachObjectThatWouldChangeIsToldWithItsReasonAndFields() {
        // Given
        world.put("");
        world.commit("stays=1 changes=1 goes=1");
        world.run(Cause.SPEC);
        world.commit("stays=1 changes=2 comes=1");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).hasSize(3);
        assertThat(compared.differences().get(0))
                .isInstanceOfSatisfying(Difference.Changed.class, changed -> {
                    assertThat(changed.object()).isEqualTo(configMap("changes"));
                    assertThat(changed.reason()).isEqualTo(Reason.CHANGED);
                    assertThat(changed.fields())
                            .extracting(FieldChange::path, field -> field.before().asText(),
                                    field -> field.after().asText())
                            .containsExactly(tuple("/data/value", "1", "2"));
                });
        assertThat(compared.differences().get(1))
                .isInstanceOfSatisfying(Difference.Created.class, created -> {
                    assertThat(created.object()).isEqualTo(configMap("comes"));
                    assertThat(created.fields()).extracting(FieldChange::path)
                            .contains("/metadata", "/data");
                });
        assertThat(compared.differences().get(2)).isEqualTo(new Difference.Deleted(configMap("goes"), "v1"));
        assertThat(compared.unchanged()).isEqualTo(1);
    }

    @Test
    void nothingIsChangedByComparing() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        var before = Map.copyOf(world.objects);
        int statuses = world.statuses.size();
        world.commit("a=2 b=1");

        // When
        compared();

        // Then
        assertThat(world.objects).isEqualTo(before);
        assertThat(world.statuses).hasSize(statuses);
        assertThat(world.target().status().lastAttemptedRevision()).isNotEqualTo(world.revision);
    }

    @Test
    void itIsReadAndTriedAsTheTargetsOwnAccount() {
        // Given
        world.put("serviceAccountName: deployer");
        world.commit("a=1");

        // When
        compared();

        // Then
        assertThat(world.accounts).containsOnly(new Account("team", "deployer"));
    }

    @Test
    void driftIsToldByTheFieldsThatSomebodyElseSet() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.otherManagers.put(configMap("a"), "kubectl-edit");
        world.objects.computeIfPresent(configMap("a"), (ref, object) -> object.with(json -> {
            json.withObjectProperty("data").put("value", "edited");
            return json;
        }));

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).singleElement()
                .isInstanceOfSatisfying(Difference.Changed.class, changed -> {
                    assertThat(changed.reason()).isEqualTo(Reason.DRIFTED);
                    assertThat(changed.fields()).singleElement()
                            .extracting(field -> field.before().asText())
                            .isEqualTo("edited");
                });
    }

    @Test
    void aReplicaThatRemembersNothingTellsOnlyWhatReallyDiffers() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.memory.applied.clear();
        world.commit("a=1 b=2");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).singleElement()
                .isInstanceOfSatisfying(Difference.Changed.class, changed -> {
                    assertThat(changed.object()).isEqualTo(configMap("b"));
                    assertThat(changed.reason()).isEqualTo(Reason.UNKNOWN);
                });
        assertThat(compared.unchanged()).isEqualTo(1);
    }

    @Test
    void whatBelongsToAnotherKustomizationIsAConflict() {
        // Given
        var other = new NamespacedName("team", "other");
        world.put(other, "");
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.objects.computeIfPresent(configMap("a"), (ref, object) -> object.withLabels(OwnerLabels.of(other)));

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).containsExactly(new Difference.Conflict(configMap("a"), "v1", other));
    }

    @Test
    void withoutPruneNothingWouldBeDeleted() {
        // Given
        world.put("prune: false");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=1");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).isEmpty();
    }

    @Test
    void whatTheApiServerWouldRefuseSaysSoWithoutSecrets() {
        // Given
        world.put("postBuild: {substituteFrom: [{kind: Secret, name: s}]}");
        world.variables = secret("PASSWORD", "hunter2");
        world.commit("a=hunter2");
        world.refused.add(configMap("a"));

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).singleElement()
                .asInstanceOf(InstanceOfAssertFactories.type(Difference.Refused.class))
                .extracting(Difference.Refused::message)
                .asString()
                .contains("is refused")
                .doesNotContain("hunter2");
    }

    @Test
    void valuesThatCameFromSecretsAreMaskedOnBothSides() {
        // Given
        world.put("postBuild: {substituteFrom: [{kind: Secret, name: s}]}");
        world.variables = secret("PASSWORD", "hunter2");
        world.commit("a=hunter2");
        world.run(Cause.SPEC);
        world.variables = secret("PASSWORD", "correct-horse");
        world.commit("a=correct-horse");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).singleElement()
                .asInstanceOf(InstanceOfAssertFactories.type(Difference.Changed.class))
                .satisfies(changed -> assertThat(changed.fields()).singleElement().satisfies(field -> {
                    assertThat(field.masked()).isTrue();
                    assertThat(field.before().asText()).isEqualTo("*****");
                    assertThat(field.after().asText()).isEqualTo("*****");
                }));
    }

    @Test
    void anObjectOfANamespaceThatNobodyMakesIsRefused() {
        // Given
        world.put("");
        world.commit("a=1");
        world.missingNamespaces.add("team");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.differences()).singleElement()
                .asInstanceOf(InstanceOfAssertFactories.type(Difference.Refused.class))
                .extracting(Difference.Refused::message)
                .isEqualTo("namespace team does not exist, and this target does not make it");
    }

    @Test
    void aDependencyThatIsNotReadyIsAnObstacleAndHidesNothing() {
        // Given
        world.put("dependsOn: [{name: base}]");
        world.commit("a=1");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.obstacle()).isInstanceOf(Outcome.Waiting.class);
        assertThat(compared.differences()).hasSize(1);
    }

    @Test
    void anEmptyRenderTellsWhatWouldGoAndWhyItDoesNot() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.commit("");

        // When
        Comparison.Compared compared = compared();

        // Then
        assertThat(compared.obstacle()).extracting(Outcome::reason).isEqualTo("EmptyRender");
        assertThat(compared.differences()).containsExactly(new Difference.Deleted(configMap("a"), "v1"));
    }

    @Test
    void whatCannotBeRenderedCannotBeCompared() {
        // Given
        world.put("");
        world.commit("broken");

        // When
        Comparison.Result result = world.compare();

        // Then
        assertThat(result).isInstanceOfSatisfying(Comparison.Incomparable.class,
                incomparable -> assertThat(incomparable.outcome().message()).contains("kustomize build failed"));
    }

    @Test
    void aSourceOfAnotherNamespaceIsNotShownEither() {
        // Given
        world.put("sourceRef: {kind: GitRepository, name: apps, namespace: others}");

        // When
        Comparison.Result result = world.compare();

        // Then
        assertThat(result).isInstanceOfSatisfying(Comparison.Incomparable.class,
                incomparable -> assertThat(incomparable.outcome()).isInstanceOf(Outcome.Stalled.class));
        assertThat(world.builds).isZero();
    }

    private Comparison.Compared compared() {
        Comparison.Result result = world.compare();
        assertThat(result).isInstanceOf(Comparison.Compared.class);
        return (Comparison.Compared) result;
    }

    private static Variables secret(String name, String value) {
        return new Variables.Resolved(Map.of(name, value), List.of(new Variables.Origin("Secret", "s", "uid", value)),
                Set.of(name));
    }
}
