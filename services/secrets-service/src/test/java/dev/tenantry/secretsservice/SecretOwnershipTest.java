package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.UID;
import static dev.tenantry.secretsservice.Examples.base64;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.PlannedSecret.SEALED;
import static dev.tenantry.secretsservice.PlannedSecret.UNOWNED;
import static dev.tenantry.secretsservice.PlannedSecret.annotated;
import static dev.tenantry.secretsservice.PlannedSecret.desired;
import static dev.tenantry.secretsservice.PlannedSecret.managedFields;
import static dev.tenantry.secretsservice.PlannedSecret.ours;
import static dev.tenantry.secretsservice.PlannedSecret.owned;
import static dev.tenantry.secretsservice.PlannedSecret.unowned;
import static dev.tenantry.secretsservice.PlannedSecret.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.SecretPlan.Refused;
import dev.tenantry.secretsservice.SecretPlan.Same;

class SecretOwnershipTest {

    @Test
    void aSecretThatNobodyOwnsIsLeftAsItIs() {
        // Given
        Manifest live = changed(unowned(ours()), json -> json.withObjectProperty("data").put("password", "b2xk"));

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOfSatisfying(Refused.class, SecretOwnershipTest::isNotManaged);
    }

    @Test
    void aSecretOfAnotherOwnerIsLeftAsItIs() {
        // Given
        List<Manifest> lives = List.of(
                owned(ours(), "Certificate", "database", "uid-of-a-certificate"),
                owned(ours(), "SealedSecret", "another", "uid-of-another"));

        // When
        List<SecretPlan> plans = lives.stream().map(live -> SecretPlan.of(live, desired(), SEALED)).toList();

        // Then
        assertThat(plans).allSatisfy(plan -> assertThat(plan).isInstanceOfSatisfying(Refused.class,
                SecretOwnershipTest::isNotManaged));
    }

    @Test
    void anOwnerThatDoesNotControlIsNone() {
        // Given
        Manifest live = changed(ours(), json -> json.withObjectProperty("metadata")
                .withArrayProperty("ownerReferences")
                .forEach(owner -> ((ObjectNode) owner).remove("controller")));

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Refused.class);
    }

    @Test
    void aSecretOfTheSealedSecretsEarlierLifeBecomesTheNewOnes() {
        // Given
        Manifest live = bystander(owned(ours(), "SealedSecret", "database", "uid-before-the-restore"));

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.owners().at("/metadata/ownerReferences"))
                .extracting(owner -> owner.path("uid").asText())
                .containsExactly("uid-of-a-bystander", UID);
        assertThat(write.secret()).isEqualTo(desired());
    }

    @Test
    void anAnnotatedSecretIsTakenFromItsOwnerWithItsData() {
        // Given
        Manifest live = changed(annotated(owned(ours(), "Certificate", "database", "uid-of-a-certificate"),
                SealedSecretAnnotations.MANAGED, "true"),
                json -> json.withObjectProperty("data").put("theirs", base64("x")));

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.owners()).isNotNull();
        assertThat(write.removal()).hasToString("{\"data\":{\"theirs\":null}}");
        assertThat(write.secret()).isEqualTo(desired());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "True", "1", ""})
    void onlyTrueIsAYes(String value) {
        // Given
        Manifest live = annotated(annotated(unowned(ours()), SealedSecretAnnotations.MANAGED, value),
                SealedSecretAnnotations.PATCH, value);

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Refused.class);
    }

    @Test
    void aSecretThatOutlivesItsSealedSecretIsKnownByWhoWroteItsData() {
        // Given
        Manifest written = managedFields(unowned(ours()), LiveSecret.MANAGER, "Apply", """
                {"f:data": {"f:password": {}}}""");
        Manifest others = managedFields(unowned(ours()), "kubectl", "Update", """
                {"f:data": {".": {}, "f:password": {}}}""");

        // When
        SecretPlan ofWritten = SecretPlan.of(written, unowned(desired()), UNOWNED);
        SecretPlan ofOthers = SecretPlan.of(others, unowned(desired()), UNOWNED);

        // Then
        assertThat(ofWritten).isInstanceOf(Same.class);
        assertThat(ofOthers).isInstanceOf(Refused.class);
    }

    @Test
    void aSecretThatWasOnlyAddedToIsNoneThatOutlivesItsSealedSecret() {
        // Given
        Manifest live = managedFields(managedFields(changed(unowned(ours()),
                json -> json.withObjectProperty("data").put("theirs", base64("x"))), LiveSecret.MANAGER, "Apply", """
                        {"f:data": {"f:password": {}}}"""), "kubectl-create", "Update", """
                        {"f:data": {".": {}, "f:theirs": {}}}""");

        // When
        SecretPlan plan = SecretPlan.of(live, unowned(desired()), UNOWNED);

        // Then
        assertThat(plan).isInstanceOfSatisfying(Refused.class, SecretOwnershipTest::isNotManaged);
    }

    @Test
    void anOwnerThatDoesNotControlMakesNobodyElsesOfOneThatOutlivesItsSealedSecret() {
        // Given
        Manifest live = managedFields(bystander(unowned(ours())), LiveSecret.MANAGER, "Apply", """
                {"f:data": {"f:password": {}}}""");

        // When
        SecretPlan plan = SecretPlan.of(live, unowned(desired()), UNOWNED);

        // Then
        assertThat(plan).isInstanceOf(Same.class);
    }

    @Test
    void aSecretOfTheOriginalThatOutlivesItsSealedSecretIsKnownByItsAnnotation() {
        // Given
        Manifest written = managedFields(unowned(ours()), "controller", "Update", """
                {"f:data": {".": {}, "f:password": {}}}""");
        Manifest marked = annotated(written, SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES, "true");

        // When
        SecretPlan ofMarked = SecretPlan.of(marked, unowned(desired()), UNOWNED);
        SecretPlan ofUnmarked = SecretPlan.of(written, unowned(desired()), UNOWNED);

        // Then
        assertThat(ofMarked).isInstanceOf(Same.class);
        assertThat(ofUnmarked).isInstanceOf(Refused.class);
    }

    @Test
    void aSecretThatIsToOutliveItsSealedSecretLosesItsOwnerLast() {
        // Given
        Manifest live = bystander(ours());

        // When
        SecretPlan plan = SecretPlan.of(live, unowned(desired()), UNOWNED);

        // Then
        assertThat(plan).isInstanceOfSatisfying(SecretPlan.Write.class, write -> {
            assertThat(write.owners()).isNull();
            assertThat(write.secret()).isEqualTo(desired());
            assertThat(write.removal().at("/metadata/ownerReferences"))
                    .extracting(owner -> owner.path("uid").asText())
                    .containsExactly("uid-of-a-bystander");
        });
    }

    /** Add an owner that does not control it. */
    private static Manifest bystander(Manifest secret) {
        return changed(secret, json -> json.withObjectProperty("metadata")
                .withArrayProperty("ownerReferences")
                .addObject()
                .put("apiVersion", "example.com/v1")
                .put("kind", "Backup")
                .put("name", "nightly")
                .put("uid", "uid-of-a-bystander"));
    }

    private static void isNotManaged(Refused refused) {
        assertThat(refused.step()).isEqualTo(Outcome.Step.UNMANAGED);
        assertThat(refused.reason()).isEqualTo("NotManaged");
        assertThat(refused.message()).contains("Secret \"database\" already exists and is not managed by SealedSecret",
                SealedSecretAnnotations.MANAGED, SealedSecretAnnotations.PATCH);
    }
}
