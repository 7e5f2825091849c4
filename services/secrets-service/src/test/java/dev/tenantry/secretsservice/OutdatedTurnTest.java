package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.changed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.sealing.SealedContent;

class OutdatedTurnTest {

    @Test
    void whatWasMadeOfANewerStateIsLeft() {
        // Given
        Manifest live = writtenBy(LiveSecret.MANAGER, secret(new Origin(Examples.UID, 2, "strict")));

        // When
        SecretPlan plan = SecretPlan.of(live, secret(Examples.ORIGIN), SealedContent.of(Examples.sealed()));

        // Then
        assertThat(plan).isInstanceOf(SecretPlan.Outdated.class);
    }

    @Test
    void whatOthersSayItWasMadeOfKeepsNobodyFromWriting() {
        // Given
        Manifest live = writtenBy("kubectl-annotate", secret(new Origin(Examples.UID, 99, "strict")));

        // When
        SecretPlan plan = SecretPlan.of(live, secret(Examples.ORIGIN), SealedContent.of(Examples.sealed()));

        // Then
        assertThat(plan).isInstanceOf(SecretPlan.Write.class);
    }

    @Test
    void whatWasMadeOfAnEarlierSealedSecretOfTheNameIsWritten() {
        // Given
        Manifest live = secret(new Origin("another", 5, "strict"));

        // When
        SecretPlan plan = SecretPlan.of(live, secret(Examples.ORIGIN), SealedContent.of(Examples.sealed()));

        // Then
        assertThat(plan).isInstanceOf(SecretPlan.Write.class);
    }

    @Test
    void aScopeThatChangedWhileNobodyLookedIsNoticed() {
        // Given
        KnownSealedSecret wider = Examples.known(changed(Examples.sealed(), json -> json.withObjectProperty("metadata")
                .putObject("annotations")
                .put("sealedsecrets.bitnami.com/cluster-wide", "true")));

        // When / Then
        assertThat(Examples.known(Examples.sealed()).isIn(Examples.written())).isTrue();
        assertThat(wider.isIn(Examples.written())).isFalse();
    }

    @Test
    void aTemplateThatWasCopiedFromASecretOfOursChangesNothing() {
        // When
        KnownSealedSecret copied = Examples.known(changed(Examples.sealed(), json -> json.withObjectProperty("spec")
                .withObjectProperty("template")
                .withObjectProperty("metadata")
                .putObject("annotations")
                .put(Origin.ANNOTATION, "another/7/strict")));

        // Then
        assertThat(copied.isIn(Examples.written())).isTrue();
    }

    @Test
    void whatSomebodyElseWroteThereIsNoOrigin() {
        assertThat(Origin.read("")).isEmpty();
        assertThat(Origin.read("uid/many/strict")).isEmpty();
        assertThat(Origin.read(Examples.ORIGIN.toString())).isEqualTo(Optional.of(Examples.ORIGIN));
    }

    private static Manifest writtenBy(String manager, Manifest secret) {
        return changed(secret, json -> json.withObjectProperty("metadata")
                .putArray("managedFields")
                .addObject()
                .put("manager", manager)
                .withObjectProperty("fieldsV1")
                .withObjectProperty("f:metadata")
                .withObjectProperty("f:annotations")
                .putObject("f:" + Origin.ANNOTATION));
    }

    private static Manifest secret(Origin origin) {
        var json = Manifest.skeleton("v1", "Secret", Examples.NAME);
        var metadata = json.withObjectProperty("metadata");
        metadata.putObject("annotations").put(Origin.ANNOTATION, origin.toString());
        metadata.put("resourceVersion", "10");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "bitnami.com/v1alpha1")
                .put("kind", "SealedSecret")
                .put("name", Examples.NAME.name())
                .put("uid", Examples.UID)
                .put("controller", true);
        json.putObject("data").put("password", Examples.base64("value"));
        return Manifest.of(json);
    }
}
