package dev.tenantry.bench.workload;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.secrets.CertificateSource;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Makes SealedSecrets of one value each, whose Secrets have the label of the run too. */
public final class Sealing {

    public static final String API_VERSION = "bitnami.com/v1alpha1";
    public static final String KIND = "SealedSecret";
    /** The key of the value. */
    public static final String KEY = "password";

    /** The length of a fingerprint's digest in Base64. */
    private static final int DIGEST = 43;

    private final Sealer sealer;

    Sealing(RSAPublicKey key) {
        this.sealer = new Sealer(key);
    }

    /** Seal by the certificate that a service gives. */
    public static Sealing by(URI service) throws IOException, InterruptedException {
        var certificate = CertificateSource.read(service.resolve("/v1/cert.pem").toString());
        return new Sealing((RSAPublicKey) certificate.getPublicKey());
    }

    /** Return the SealedSecret of a value. */
    public GenericKubernetesResource seal(FluxObjects.Place place, String value) {
        ObjectNode plain = Manifest.skeleton("v1", "Secret", new NamespacedName(place.namespace(), place.name()));
        plain.withObjectProperty("metadata").putObject("labels").put(FluxObjects.RUN_LABEL, place.run());
        plain.putObject("stringData").put(KEY, value);
        ObjectNode sealed = sealer.seal(Manifest.of(plain), Scope.STRICT).json();
        sealed.withObjectProperty("metadata").withObjectProperty("labels").put(FluxObjects.RUN_LABEL, place.run());
        return Serialization.unmarshal(sealed.toString(), GenericKubernetesResource.class);
    }

    /** Return a Secret like that of a SealedSecret, to the size of what is written down with it. */
    public static Secret opened(GenericKubernetesResource sealed) {
        ObjectMeta from = sealed.getMetadata();
        return new SecretBuilder().withNewMetadata()
                .withNamespace(from.getNamespace())
                .withName(from.getName())
                .withLabels(from.getLabels())
                .addToAnnotations("tenantry.dev/made-of", from.getUid() + "/1/strict")
                .addToAnnotations(Sealer.SEALED_WITH, "SHA256:" + "0".repeat(DIGEST))
                .addNewOwnerReference()
                .withApiVersion(API_VERSION)
                .withKind(KIND)
                .withName(from.getName())
                .withUid(from.getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withType("Opaque")
                .addToData(KEY, Base64.getEncoder().encodeToString(from.getName().getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Return the status of a SealedSecret that is opened. */
    public static GenericKubernetesResource synced(GenericKubernetesResource sealed) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var object = new GenericKubernetesResource();
        object.setApiVersion(API_VERSION);
        object.setKind(KIND);
        object.setMetadata(new ObjectMetaBuilder().withNamespace(sealed.getMetadata().getNamespace())
                .withName(sealed.getMetadata().getName())
                .build());
        object.setAdditionalProperty("status", Map.of("observedGeneration", 1, "conditions",
                List.of(Map.of("type", "Synced", "status", "True", "lastTransitionTime", now, "lastUpdateTime", now))));
        return object;
    }
}
