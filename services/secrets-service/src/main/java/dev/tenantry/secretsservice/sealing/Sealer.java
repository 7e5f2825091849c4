package dev.tenantry.secretsservice.sealing;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.scope.Scope;

/** Seals Secrets with a public key, as kubeseal does. Thread-safe. */
public final class Sealer {

    /** The annotation of a SealedSecret that names the key it was sealed with, since the format itself does not. */
    public static final String SEALED_WITH = "tenantry.dev/sealed-with";

    /** What kubectl and kubecfg leave in annotations: the whole Secret in clear. */
    static final List<String> COPIES = List.of("kubectl.kubernetes.io/last-applied-configuration",
            "kubecfg.ksonnet.io/last-applied-configuration");

    private final RSAPublicKey key;

    public Sealer(RSAPublicKey key) {
        this.key = key;
    }

    /**
     * Make the SealedSecret of a Secret.
     *
     * <p>Names, labels, annotations, finalizers, type and immutable stay readable; each value is encrypted by itself. The
     * annotation {@value #SEALED_WITH} names the key.
     *
     * @throws IllegalArgumentException when it is no Secret, its namespace is missing though its scope needs one, or a
     *     value of {@code data} is no base64; the message holds no value
     */
    public Manifest seal(Manifest secret, Scope scope) {
        if (!secret.apiVersion().equals("v1") || !secret.kind().equals("Secret")) {
            throw new IllegalArgumentException("This is a " + secret.kind() + ", not a v1 Secret");
        }
        if (secret.namespace().isEmpty() && scope != Scope.CLUSTER_WIDE) {
            throw new IllegalArgumentException("Secret '" + secret.name() + "' has no namespace, which scope " + scope
                    + " needs: add metadata.namespace");
        }
        NamespacedName name = secret.ref().namespacedName();
        ObjectNode json = Manifest.skeleton(SealedContent.API_VERSION, SealedContent.KIND, name);
        ObjectNode annotations = json.withObjectProperty("metadata").putObject("annotations");
        scope.in(Map.of()).forEach(annotations::put);
        annotations.put(SEALED_WITH, Fingerprint.of(key).text());
        ObjectNode spec = json.putObject("spec");
        ObjectNode encrypted = spec.putObject("encryptedData");
        values(secret).forEach((item, value) -> encrypted.put(item, seal(value, name, scope)));
        spec.set("template", template(secret, scope));
        return Manifest.of(json);
    }

    /** Encrypt one value for a Secret, as base64. */
    public String seal(byte[] value, NamespacedName secret, Scope scope) {
        return Base64.getEncoder().encodeToString(HybridCipher.encrypt(key, value, scope.label(secret)));
    }

    private static ObjectNode template(Manifest secret, Scope scope) {
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = template.putObject("metadata").put("name", secret.name());
        if (!secret.namespace().isEmpty()) {
            metadata.put("namespace", secret.namespace());
        }
        if (!secret.labels().isEmpty()) {
            ObjectNode labels = metadata.putObject("labels");
            secret.labels().forEach(labels::put);
        }
        Map<String, String> annotations = new LinkedHashMap<>(scope.in(secret.annotations()));
        COPIES.forEach(annotations::remove);
        if (!annotations.isEmpty()) {
            ObjectNode target = metadata.putObject("annotations");
            annotations.forEach(target::put);
        }
        if (!secret.at("metadata", "finalizers").isEmpty()) {
            metadata.set("finalizers", secret.at("metadata", "finalizers").deepCopy());
        }
        if (!secret.at("type").asText("").isEmpty()) {
            template.set("type", secret.at("type"));
        }
        if (secret.at("immutable").isBoolean()) {
            template.set("immutable", secret.at("immutable"));
        }
        return template;
    }

    private static Map<String, byte[]> values(Manifest secret) {
        Map<String, byte[]> values = new TreeMap<>();
        texts(secret, "data").forEach((item, base64) -> values.put(item, decoded(item, base64)));
        texts(secret, "stringData").forEach((item, text) -> values.put(item, text.getBytes(StandardCharsets.UTF_8)));
        return values;
    }

    private static Map<String, String> texts(Manifest secret, String field) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> item : secret.at(field).properties()) {
            JsonNode value = item.getValue();
            if (!value.isTextual() && !value.isNull()) {
                throw new IllegalArgumentException(
                        field + "." + item.getKey() + " is no string: put it in quotes");
            }
            texts.put(item.getKey(), value.asText(""));
        }
        return texts;
    }

    private static byte[] decoded(String item, String base64) {
        try {
            return Base64.getDecoder().decode(base64.replace("\n", "").replace("\r", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("data." + item
                    + " is not base64: encode it, or put the text itself under stringData");
        }
    }
}
