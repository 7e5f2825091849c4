package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.CANARY;
import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.UID;
import static dev.tenantry.secretsservice.Examples.base64;
import static dev.tenantry.secretsservice.Examples.changed;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.sealing.SealedContent;

/** A Secret as its SealedSecret wants it, and as the API server has it. */
final class PlannedSecret {

    static final SealedContent SEALED = SealedContent.of(Examples.sealed());
    /** Of a SealedSecret whose Secret outlives it. */
    static final SealedContent UNOWNED = SealedContent.of(changed(Examples.sealed(),
            json -> json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .putObject("annotations")
                    .put(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES, "true")));

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlannedSecret() {}

    static Manifest desired() {
        ObjectNode json = Manifest.skeleton("v1", "Secret", NAME);
        ObjectNode metadata = json.withObjectProperty("metadata");
        metadata.putObject("labels").put("app", "web");
        metadata.putObject("annotations").put("tenantry.dev/sealed-with", "SHA256:abc");
        json.putObject("data").put("password", base64(CANARY));
        return owned(Manifest.of(json), "SealedSecret", NAME.name(), UID);
    }

    /** Give the Secret as it was written. */
    static Manifest ours() {
        return FakeSecrets.at(desired(), 7);
    }

    /** Give a Secret that nobody owns. */
    static Manifest unowned(Manifest secret) {
        return changed(secret, json -> json.withObjectProperty("metadata").remove("ownerReferences"));
    }

    static Manifest owned(Manifest secret, String kind, String name, String uid) {
        return changed(secret, json -> json.withObjectProperty("metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", kind.equals("SealedSecret") ? "bitnami.com/v1alpha1" : "example.com/v1")
                .put("kind", kind)
                .put("name", name)
                .put("uid", uid)
                .put("controller", true));
    }

    static Manifest annotated(Manifest secret, String annotation, String value) {
        return secret.withAnnotations(Map.of(annotation, value));
    }

    static Manifest labelled(Manifest secret, String label, String value) {
        return secret.withLabels(Map.of(label, value));
    }

    /** Add what a manager set, as the API server writes it down. */
    static Manifest managedFields(Manifest secret, String manager, String operation, String fields) {
        return changed(secret, json -> {
            try {
                json.withObjectProperty("metadata")
                        .withArrayProperty("managedFields")
                        .addObject()
                        .put("manager", manager)
                        .put("operation", operation)
                        .put("apiVersion", "v1")
                        .put("time", "2026-03-01T12:00:00Z")
                        .put("fieldsType", "FieldsV1")
                        .set("fieldsV1", JSON.readTree(fields));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        });
    }

    static SecretPlan.Write write(Manifest live, Manifest desired) {
        return (SecretPlan.Write) SecretPlan.of(live, desired, SEALED);
    }
}
