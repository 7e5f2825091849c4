package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.base64;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.PlannedSecret.SEALED;
import static dev.tenantry.secretsservice.PlannedSecret.annotated;
import static dev.tenantry.secretsservice.PlannedSecret.desired;
import static dev.tenantry.secretsservice.PlannedSecret.labelled;
import static dev.tenantry.secretsservice.PlannedSecret.managedFields;
import static dev.tenantry.secretsservice.PlannedSecret.ours;
import static dev.tenantry.secretsservice.PlannedSecret.owned;
import static dev.tenantry.secretsservice.PlannedSecret.unowned;
import static dev.tenantry.secretsservice.PlannedSecret.write;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.SecretPlan.Refused;
import dev.tenantry.secretsservice.SecretPlan.Same;

class PatchedSecretTest {

    @Test
    void whatItHasStaysAndNobodyOwnsIt() {
        // Given
        Manifest live = theirs();

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.secret()).isEqualTo(unowned(desired()));
        assertThat(write.removal()).isNull();
        assertThat(write.owners()).isNull();
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        // Given
        Manifest live = changed(unowned(patched(ours())),
                json -> json.withObjectProperty("data").put("theirs", base64("x")));

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Same.class);
    }

    @Test
    void whatItsSealedSecretSaysNoMoreGoes() {
        // Given
        Manifest live = managedFields(changed(unowned(patched(ours())),
                json -> json.withObjectProperty("data").put("gone", base64("x"))), LiveSecret.MANAGER, "Apply", """
                        {"f:data": {"f:password": {}, "f:gone": {}}, "f:metadata": {"f:labels": {"f:app": {}}}}""");

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.secret()).isEqualTo(unowned(desired()));
        assertThat(write.removal()).isNull();
    }

    @Test
    void oneOfItsSealedSecretsEarlierLifeBecomesTheNewOnes() {
        // Given
        Manifest live = owned(patched(ours()), "SealedSecret", "database", "uid-before-the-restore");

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.owners()).isNotNull();
        assertThat(write.secret()).isEqualTo(desired());
    }

    @Test
    void itsOwnerStaysWhoeverThatIs() {
        // Given
        Manifest live = owned(theirs(), "Certificate", "database", "uid-of-a-certificate");

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.owners()).isNull();
        assertThat(write.secret().at("metadata", "ownerReferences").isMissingNode()).isTrue();
    }

    @Test
    void oneThatItsSealedSecretMadeStaysItsOwn() {
        // Given
        Manifest desired = patched(desired());
        Manifest live = changed(patched(ours()), json -> json.withObjectProperty("data").put("password", "b2xk"));

        // When
        SecretPlan.Write write = write(live, desired);

        // Then
        assertThat(write.secret()).isEqualTo(desired);
    }

    @Test
    void withManagedTooItIsAddedToAndOwned() {
        // Given
        Manifest live = annotated(owned(theirs(), "Certificate", "database", "uid-of-a-certificate"),
                SealedSecretAnnotations.MANAGED, "true");

        // When
        SecretPlan.Write write = write(live, desired());

        // Then
        assertThat(write.secret()).isEqualTo(desired());
        assertThat(write.owners()).isNotNull();
        assertThat(write.removal()).isNull();
    }

    @Test
    void theTemplateMaySayThatItIsOwnedOrNot() {
        // Given
        Manifest owning = annotated(desired(), SealedSecretAnnotations.MANAGED, "true");
        Manifest not = annotated(desired(), SealedSecretAnnotations.MANAGED, "false");

        // When
        SecretPlan.Write owns = write(theirs(), owning);
        SecretPlan.Write adds = write(annotated(theirs(), SealedSecretAnnotations.MANAGED, "true"), not);

        // Then
        assertThat(owns.secret()).isEqualTo(owning);
        assertThat(adds.secret()).isEqualTo(unowned(not));
    }

    @Test
    void labelsOfTheOriginalControllerStay() {
        // Given
        Manifest live = managedFields(labelled(unowned(patched(ours())), "gone", "old"), "controller", "Update", """
                {"f:metadata": {"f:labels": {".": {}, "f:gone": {}}}}""");

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOf(Same.class);
    }

    @Test
    void anImmutableOneTakesNoNewValue() {
        // Given
        Manifest live = changed(theirs(), json -> json.put("immutable", true));

        // When
        SecretPlan plan = SecretPlan.of(live, desired(), SEALED);

        // Then
        assertThat(plan).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo("Immutable"));
    }

    private static Manifest patched(Manifest secret) {
        return annotated(secret, SealedSecretAnnotations.PATCH, "true");
    }

    private static Manifest theirs() {
        return changed(unowned(patched(ours())), json -> {
            json.withObjectProperty("data").removeAll().put("theirs", base64("x"));
            json.withObjectProperty("metadata").remove("labels");
        });
    }
}
