package dev.tenantry.cli.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.Markers;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;

/** Secrets that hold keys, as a cluster has them. */
final class KeySecretSamples {

    private KeySecretSamples() {}

    static Manifest of(String name, KeyPair pair) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", new NamespacedName("tenantry-system", name));
        json.withObjectProperty("metadata").putObject("labels").put(Markers.KEY_LABEL, "active");
        json.put("type", "kubernetes.io/tls");
        json.putObject("data")
                .put("tls.crt", base64(Pem.write(pair.certificate())))
                .put("tls.key", base64(Pem.write(pair.privateKey())));
        return Manifest.of(json);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }
}
