package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.CANARY;
import static dev.tenantry.secretsservice.Examples.base64;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.PlannedSecret.SEALED;
import static dev.tenantry.secretsservice.PlannedSecret.annotated;
import static dev.tenantry.secretsservice.PlannedSecret.desired;
import static dev.tenantry.secretsservice.PlannedSecret.labelled;
import static dev.tenantry.secretsservice.PlannedSecret.managedFields;
import static dev.tenantry.secretsservice.PlannedSecret.ours;
import static dev.tenantry.secretsservice.PlannedSecret.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.SecretPlan.Refused;
import dev.tenantry.secretsservice.SecretPlan.Same;

class SecretPlanTest {

    @Test
    void aSecretThatIsAsItHasToBeIsLeft() {
        assertThat(SecretPlan.of(ours(), desired(), SEALED)).isInstanceOf(Same.class);
    }

    static Stream<Consumer<ObjectNode>> differences() {
        return Stream.of(
                json -> json.withObjectProperty("data").put("password", base64("changed")),
                json -> json.withObjectProperty("data").remove("password"),
                json -> json.remove("data"),
                json -> json.withObjectProperty("metadata").withObjectProperty("labels").put("app", "other"),
                json -> json.withObjectProperty("metadata").remove("labels"),
                json -> json.withObjectProperty("metadata").remove("annotations"));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void whatDiffersIsWrittenAtTheVersionThatWasRead(Consumer<ObjectNode> difference) {
        // When
        SecretPlan.Write write = write(changed(ours(), difference), desired());

        // Then
        assertThat(write.secret()).isEqualTo(desired());
        assertThat(write.resourceVersion()).isEqualTo("7");
        assertThat(write.removal()).isNull();
        assertThat(write.owners()).isNull();
    }

    @Test
    void whatOthersAddToTheDataIsRemoved() {
        // Given
        Manifest live = changed(ours(), json -> json.withObjectProperty("data").put("added", base64("x")));

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.removal()).hasToString("{\"data\":{\"added\":null}}");
    }

    @Test
    void labelsAndAnnotationsOfOthersStay() {
        // Given
        Manifest live = managedFields(labelled(annotated(ours(), "note", "theirs"), "team", "theirs"), "kubectl-edit",
                "Update", """
                        {"f:metadata": {"f:annotations": {"f:note": {}}, "f:labels": {"f:team": {}}}}""");

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Same.class);
    }

    @Test
    void whatTheOriginalControllerLeftBehindIsRemoved() {
        // Given
        Manifest live = managedFields(labelled(annotated(ours(), "note", "old"), "gone", "old"), "controller",
                "Update", """
                        {"f:data": {".": {}, "f:password": {}}, "f:metadata": {"f:annotations": {".": {}, "f:note": {}},
                        "f:labels": {".": {}, "f:app": {}, "f:gone": {}}}}""");

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.removal())
                .hasToString("{\"metadata\":{\"labels\":{\"gone\":null},\"annotations\":{\"note\":null}}}");
    }

    @Test
    void anotherTypeIsRefusedSinceNoTypeCanBeChanged() {
        // Given
        Manifest live = changed(ours(), json -> json.put("type", "kubernetes.io/tls"));

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.step()).isEqualTo(Outcome.Step.UPDATE);
            assertThat(refused.reason()).isEqualTo("Immutable");
            assertThat(refused.message()).contains("of type kubernetes.io/tls", "to Opaque");
        });
    }

    @Test
    void noTypeIsTheTypeOpaque() {
        // Given
        Manifest live = changed(ours(), json -> json.put("type", "Opaque"));

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Same.class);
    }

    @Test
    void anImmutableSecretWithOtherValuesIsRefusedWithoutAWordOfThem() {
        // Given
        Manifest live = changed(immutable(ours()), json -> json.withObjectProperty("data").put("password", "b2xk"));

        // When
        SecretPlan plan = SecretPlan.of(live, immutable(desired()), SEALED);

        // Then
        assertThat(plan).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("Immutable");
            assertThat(refused.message()).contains("is immutable", "delete it").doesNotContain("b2xk", CANARY);
        });
    }

    @Test
    void anImmutableSecretWithValuesThatOthersAddedIsRefused() {
        // Given
        Manifest live = changed(immutable(ours()), json -> json.withObjectProperty("data").put("added", "b2xk"));

        // When
        SecretPlan plan = SecretPlan.of(live, immutable(desired()), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Refused.class);
    }

    @Test
    void anImmutableSecretCannotBecomeMutable() {
        assertThat(SecretPlan.of(immutable(ours()), desired(), SEALED)).isInstanceOf(Refused.class);
    }

    @Test
    void aSecretBecomesImmutableAndTheMetadataOfOneCanChange() {
        // Given
        Manifest relabelled = labelled(immutable(desired()), "app", "new");

        // When
        SecretPlan.Write becomes = write(ours(), immutable(desired()));
        SecretPlan.Write changes = write(immutable(ours()), relabelled);

        // Then
        assertThat(becomes.secret().at("immutable").asBoolean()).isTrue();
        assertThat(changes.secret()).isEqualTo(relabelled);
    }

    @Test
    void changedFinalizersAreWritten() {
        // Given
        Manifest desired = held(desired(), "example.com/first");
        Manifest claimed = managedFields(held(ours(), "example.com/first"), LiveSecret.MANAGER, "Apply", """
                {"f:metadata": {"f:finalizers": {"v:\\"example.com/first\\"": {}}}}""");

        // When
        SecretPlan same = SecretPlan.of(claimed, desired, SEALED);
        SecretPlan.Write added = write(ours(), desired);
        SecretPlan.Write removed = write(claimed, desired());

        // Then
        assertThat(same).isInstanceOf(Same.class);
        assertThat(added.secret()).isEqualTo(desired);
        assertThat(removed.secret()).isEqualTo(desired());
    }

    @Test
    void finalizersOfOthersStayAndASecretThatIsAskedToGoGetsNone() {
        // Given
        Manifest ending = changed(ours(),
                json -> json.withObjectProperty("metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z"));

        // When
        SecretPlan ofTheirs = SecretPlan.of(held(ours(), "example.com/theirs"), desired(), SEALED);
        SecretPlan ofEnding = SecretPlan.of(ending, held(desired(), "example.com/first"), SEALED);

        // Then
        assertThat(ofTheirs).isInstanceOf(Same.class);
        assertThat(ofEnding).isInstanceOf(Same.class);
    }

    @Test
    void whatKubernetesAddsToASecretOfATokenStaysAndWhatASealedSecretSaysNoMoreGoes() {
        // Given
        Manifest live = managedFields(managedFields(changed(ofTokens(ours()), json -> json.withObjectProperty("data")
                .put("token", base64("x"))
                .put("gone", base64("y"))), "kube-controller-manager", "Update", """
                        {"f:data": {"f:token": {}}}"""), "controller", "Update", """
                        {"f:data": {".": {}, "f:password": {}, "f:gone": {}}}""");
        Manifest settled = changed(live, json -> json.withObjectProperty("data").remove("gone"));

        // When
        SecretPlan.Write write = write(live, ofTokens(desired()));
        SecretPlan ofSettled = SecretPlan.of(settled, ofTokens(desired()), SEALED);

        // Then
        assertThat(write.removal()).hasToString("{\"data\":{\"gone\":null}}");
        assertThat(ofSettled).isInstanceOf(Same.class);
    }

    @Test
    void aPlanPrintsNoValue() {
        assertThat(write(changed(ours(), json -> json.remove("data")), desired()).toString())
                .contains("database")
                .doesNotContain(CANARY, base64(CANARY));
    }

    private static Manifest held(Manifest secret, String finalizer) {
        return changed(secret,
                json -> json.withObjectProperty("metadata").withArrayProperty("finalizers").add(finalizer));
    }

    private static Manifest ofTokens(Manifest secret) {
        return changed(secret, json -> json.put("type", "kubernetes.io/service-account-token"));
    }

    private static Manifest immutable(Manifest secret) {
        return changed(secret, json -> json.put("immutable", true));
    }
}
