package dev.tenantry.secretsservice.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.scope.Scope;

/** Secrets and SealedSecrets of one name, with a value that nobody may see. */
final class SealedSecrets {

    static final String CANARY = "canary-value-that-nobody-may-see";
    static final NamespacedName NAME = new NamespacedName("team-a", "database");

    private SealedSecrets() {}

    static Manifest secret() {
        ObjectNode json = Manifest.skeleton("v1", "Secret", NAME);
        json.withObjectProperty("metadata").putObject("labels").put("app", "web");
        json.put("type", "Opaque");
        json.putObject("data").put("password", base64(CANARY));
        json.putObject("stringData").put("user", "admin");
        return Manifest.of(json);
    }

    static Manifest sealed(KeyPair pair, Scope scope) {
        return new Sealer(pair.publicKey()).seal(secret(), scope);
    }

    /** Seal as the first version of the kind did: the whole Secret at once. */
    static Manifest old(KeyPair pair, byte[] content) {
        ObjectNode json = Manifest.skeleton(SealedContent.API_VERSION, SealedContent.KIND, NAME);
        json.putObject("spec")
                .put("data", new Sealer(pair.publicKey()).seal(content, NAME, Scope.STRICT))
                .putNull("encryptedData");
        return Manifest.of(json);
    }

    static Manifest changed(Manifest sealed, Consumer<ObjectNode> change) {
        return sealed.with(json -> {
            change.accept(json);
            return json;
        });
    }

    static ObjectNode encrypted(ObjectNode sealed) {
        return (ObjectNode) sealed.at("/spec/encryptedData");
    }

    static ObjectNode template(ObjectNode sealed) {
        return sealed.withObjectProperty("spec").withObjectProperty("template");
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
