package dev.tenantry.secretsservice.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import dev.tenantry.kubernetes.InvalidManifestException;
import dev.tenantry.kubernetes.Manifest;

/** What the deprecated {@code spec.data} holds once it is decrypted: a whole Secret as JSON. */
final class WholeSecret {

    /** What messages call it, in the place of the key of a value. */
    static final String ITEM = "spec.data";

    private WholeSecret() {}

    /** Read it, unless it is something else. */
    static Optional<Manifest> read(byte[] plain) {
        try {
            Manifest inside = Manifest.parse(new String(plain, StandardCharsets.UTF_8));
            boolean isSecret = inside.apiVersion().equals("v1") && inside.kind().equals("Secret")
                    && SealedContent.strings(inside.at("data")).values().stream().allMatch(WholeSecret::isBase64);
            return isSecret ? Optional.of(inside) : Optional.empty();
        } catch (InvalidManifestException e) {
            // Its message may quote what was decrypted; the refusal says what there is to say.
            return Optional.empty();
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Refuse what is no Secret. */
    static Unsealed.Refused refusal() {
        return new Unsealed.Refused(Refusal.DAMAGED, "what spec.data holds is no Secret", List.of());
    }
}
