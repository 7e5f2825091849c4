package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.PlannedSecret.annotated;
import static dev.tenantry.secretsservice.PlannedSecret.managedFields;
import static dev.tenantry.secretsservice.PlannedSecret.ours;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.secretsservice.sealing.SealedContent;

class LiveSecretTest {

    private static final String APPLIED = """
            {"f:data": {"f:password": {}},
             "f:metadata": {"f:annotations": {"f:tenantry.dev/sealed-with": {}},
                            "f:labels": {"f:app": {}},
                            "f:ownerReferences": {"k:{\\"uid\\":\\"5f0c6a0e-0000-4000-8000-000000000001\\"}": {}}}}""";
    private static final Set<String> EXPECTED = SecretParts.expected(SealedContent.of(changed(Examples.sealed(),
            json -> json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .putObject("labels")
                    .put("app", "web"))));

    private final Manifest applied = managedFields(ours(), LiveSecret.MANAGER, "Apply", APPLIED);

    @Test
    void whatWasAppliedIsAsWritten() {
        // When
        LiveSecret live = live(applied);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isTrue();
        assertThat(live.isOurs()).isTrue();
    }

    @Test
    void aValueThatSomebodyElseChangedIsNot() {
        // Given
        Manifest changed = managedFields(managedFields(ours(), LiveSecret.MANAGER, "Apply",
                APPLIED.replace("\"f:password\": {}", "")), "kubectl-edit", "Update", """
                        {"f:data": {"f:password": {}}}""");

        // When
        LiveSecret live = live(changed);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isFalse();
        assertThat(live.isOurs()).isTrue();
    }

    @Test
    void aLabelThatSomebodyElseChangedIsNot() {
        // Given
        Manifest changed = managedFields(ours(), LiveSecret.MANAGER, "Apply", APPLIED.replace("\"f:app\": {}", ""));

        // When
        LiveSecret live = live(changed);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isFalse();
    }

    @Test
    void anOwnerThatSomebodyElseTookOutIsNot() {
        // Given
        Manifest changed = managedFields(ours(), LiveSecret.MANAGER, "Apply",
                APPLIED.replace("f:ownerReferences", "f:finalizers"));

        // When
        LiveSecret live = live(changed);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isFalse();
    }

    @Test
    void aValueThatSomebodyElseAddedIsNot() {
        // Given
        Manifest changed = managedFields(applied, "kubectl-edit", "Update", """
                {"f:data": {"f:added": {}}}""");

        // When
        LiveSecret live = live(changed);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isFalse();
    }

    @Test
    void labelsAndAnnotationsThatOthersAddAreTheirs() {
        // Given
        Manifest changed = managedFields(applied, "kubectl-label", "Update", """
                {"f:metadata": {"f:labels": {".": {}, "f:team": {}}, "f:annotations": {"f:note": {}}}}""");

        // When
        LiveSecret live = live(changed);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isTrue();
    }

    @Test
    void whatOthersSetToTheSameValueIsBoths() {
        // Given
        Manifest changed = managedFields(applied, "kubectl", "Apply", """
                {"f:data": {"f:password": {}}, "f:metadata": {"f:labels": {"f:app": {}}}}""");

        // When
        LiveSecret live = live(changed);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isTrue();
    }

    @Test
    void whatTheOriginalControllerWroteIsNotYetOurs() {
        // Given
        Manifest original = managedFields(ours(), "controller", "Update", """
                {"f:data": {".": {}, "f:password": {}},
                 "f:metadata": {"f:annotations": {".": {}, "f:tenantry.dev/sealed-with": {}},
                                "f:labels": {".": {}, "f:app": {}},
                                "f:ownerReferences": {".": {}, "k:{\\"uid\\":\\"5f0c\\"}": {}}},
                 "f:type": {}}""");

        // When
        LiveSecret live = live(original);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isFalse();
        assertThat(live.isOurs()).isFalse();
        assertThat(live.others()).containsExactlyInAnyOrderElementsOf(EXPECTED);
    }

    @Test
    void ofWhatIsAddedToAnotherSecretOnlyTheAdditionCounts() {
        // Given
        Manifest patched = managedFields(managedFields(annotated(ours(), SealedSecretAnnotations.PATCH, "true"),
                LiveSecret.MANAGER, "Apply", APPLIED.replace("f:ownerReferences", "f:finalizers")),
                "kubectl-create", "Update", """
                        {"f:data": {".": {}, "f:theirs": {}}}""");

        // When
        LiveSecret live = live(patched);

        // Then
        assertThat(live.isAsWritten(EXPECTED)).isTrue();
        assertThat(live.isAsWritten(Set.of("data/password", "data/more"))).isFalse();
        assertThat(live.isAsWritten(Set.of("annotations/tenantry.dev/sealed-with", "labels/app"))).isFalse();
    }

    @Test
    void whatKubernetesAddsToASecretOfATokenIsKubernetes() {
        // Given
        Set<String> expected = SecretParts.expected(SealedContent.of(changed(Examples.sealed(), json -> {
            json.withObjectProperty("spec").putObject("template").put("type", "kubernetes.io/service-account-token");
            json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .putObject("metadata")
                    .putObject("labels")
                    .put("app", "web");
        })));
        Manifest filled = managedFields(applied, "kube-controller-manager", "Update", """
                {"f:data": {"f:token": {}, "f:ca.crt": {}, "f:namespace": {}}}""");
        Manifest changed = managedFields(ours(), LiveSecret.MANAGER, "Apply",
                APPLIED.replace("\"f:password\": {}", ""));

        // When
        LiveSecret live = live(filled);

        // Then
        assertThat(live.isAsWritten(expected)).isTrue();
        assertThat(live(changed).isAsWritten(expected)).isFalse();
    }

    @Test
    void finalizersArePartsToo() {
        // Given
        Set<String> expected = SecretParts.expected(SealedContent.of(changed(Examples.sealed(),
                json -> json.withObjectProperty("spec")
                        .putObject("template")
                        .putObject("metadata")
                        .putArray("finalizers")
                        .add("example.com/first"))));
        Manifest held = managedFields(ours(), LiveSecret.MANAGER, "Apply",
                APPLIED.replace("\"f:labels\": {\"f:app\": {}}",
                        "\"f:finalizers\": {\".\": {}, \"v:\\\"example.com/first\\\"\": {}}"));

        // When
        LiveSecret live = live(held);

        // Then
        assertThat(live.isAsWritten(expected)).isTrue();
        assertThat(live(applied).isAsWritten(expected)).isFalse();
    }

    @Test
    void whereNobodyKnowsWhatToExpectNothingIsAsWritten() {
        // Given
        SealedContent old = SealedContent.of(changed(Examples.sealed(), json -> json.putObject("spec")
                .put("data", "AgAA")));

        // When
        Set<String> expected = SecretParts.expected(old);

        // Then
        assertThat(expected).isEmpty();
        assertThat(live(applied).isAsWritten(expected)).isFalse();
    }

    @Test
    void keysWithSlashesAndDotsArePartsToo() {
        // Given
        Manifest live = managedFields(ours(), LiveSecret.MANAGER, "Apply", """
                {"f:data": {"f:tls.crt": {}, "f:.dockerconfigjson": {}},
                 "f:metadata": {"f:labels": {"f:app.kubernetes.io/name": {}}}}""");

        // When
        Set<String> parts = live(live).ours();

        // Then
        assertThat(parts).containsExactlyInAnyOrder("data/tls.crt", "data/.dockerconfigjson",
                "labels/app.kubernetes.io/name");
    }

    @Test
    void theKeysThatItWasSealedWithAreReadAndAnythingElseIsLeftOut() {
        // Given
        String fingerprint = "SHA256:" + "a".repeat(43);

        // When
        LiveSecret live = live(annotated(ours(), "tenantry.dev/sealed-with", fingerprint + ",nonsense"));

        // Then
        assertThat(live.sealedWith()).extracting(Object::toString).containsExactly(fingerprint);
    }

    private static LiveSecret live(Manifest secret) {
        return LiveSecret.of(ObjectMetadata.of(secret.json()));
    }
}
