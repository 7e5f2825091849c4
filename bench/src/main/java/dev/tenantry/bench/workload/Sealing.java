package dev.tenantry.bench.workload;

import java.io.IOException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.secrets.CertificateSource;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Makes SealedSecrets of one value each, whose Secrets have the label of the run too. */
public final class Sealing {

    public static final String API_VERSION = "bitnami.com/v1alpha1";
    public static final String KIND = "SealedSecret";
    /** The key of the value. */
    public static final String KEY = "password";

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
}
