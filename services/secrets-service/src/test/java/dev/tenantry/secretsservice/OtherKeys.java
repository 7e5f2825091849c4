package dev.tenantry.secretsservice;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.PemException;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Keys that somebody brings along. */
final class OtherKeys {

    private OtherKeys() {}

    /** Store a key that is newer than all others. */
    static KeyPair store(KubernetesClient client, String name, String... namespaces) {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        KeyPair pair = new KeyGenerator(2048, Duration.ofDays(30), name).generate(later);
        client.resource(secret(pair, name, namespaces).toString()).create();
        return pair;
    }

    static ObjectNode secret(KeyPair pair, String name, String... namespaces) {
        ObjectNode secret = KeySecret.create(pair, RealServers.KEYS, "", Set.of(namespaces));
        secret.withObjectProperty("metadata").put("name", name).remove("generateName");
        return secret;
    }

    static void remove(KubernetesClient client, String name) {
        client.secrets().inNamespace(RealServers.KEYS).withName(name).delete();
    }

    static String fingerprint(String certificate) {
        try {
            return Fingerprint.of((RSAPublicKey) Pem.certificate(certificate.getBytes(StandardCharsets.UTF_8))
                    .getPublicKey()).text();
        } catch (PemException e) {
            return e.getMessage();
        }
    }
}
