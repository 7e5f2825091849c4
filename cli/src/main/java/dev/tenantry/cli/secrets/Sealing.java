package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.files.WholeFile;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;

/** Seals what a person gives. */
final class Sealing {

    private final Sealer sealer;
    private final Fingerprint key;
    private final Optional<Scope> scope;
    private final boolean emptyAllowed;

    /**
     * Seal for a key.
     *
     * @param scope in place of that which the Secrets' annotations say
     * @param emptyAllowed whether a Secret without values is meant
     */
    Sealing(X509Certificate certificate, Optional<Scope> scope, boolean emptyAllowed) {
        RSAPublicKey open = (RSAPublicKey) certificate.getPublicKey();
        this.sealer = new Sealer(open);
        this.key = Fingerprint.of(open);
        this.scope = scope;
        this.emptyAllowed = emptyAllowed;
    }

    /** Seal all Secrets of a file; an object of another kind is an error. */
    List<Manifest> seal(ObjectFile secrets) throws IOException {
        List<Manifest> sealed = new ArrayList<>();
        for (Manifest secret : secrets.objects()) {
            sealed.add(seal(secret, scope.orElse(Scope.of(secret.annotations())), secrets.name()));
        }
        return sealed;
    }

    /** Encrypt one value alone, as base64. */
    String raw(byte[] value, NamespacedName secret) {
        return sealer.seal(value, secret, scope.orElse(Scope.STRICT));
    }

    /**
     * Seal the values of a Secret for the name and scope of a SealedSecret in a file, and write them into it.
     *
     * @param format what to write the file in, by default what it is written in
     */
    void mergeInto(Path file, ObjectFile secrets, Optional<Format> format) throws IOException {
        ObjectFile before = ObjectFile.read(file);
        Manifest target = only(before);
        SealedContent content = content(file, target);
        if (content.data() != null) {
            throw new IOException(file + ": spec.data is deprecated and cannot be merged into: seal the whole Secret");
        }
        Manifest secret = only(secrets);
        refuseOtherScope(file, content.scope(), scope);
        refuseOtherScope(file, content.scope(), Optional.of(Scope.of(secret.annotations()))
                .filter(said -> Scope.isSaid(secret.annotations())));
        Manifest renamed = secret.with(json -> {
            json.withObjectProperty("metadata")
                    .put("name", target.name())
                    .put("namespace", target.namespace());
            return json;
        });
        Manifest merged = merged(target, seal(renamed, content.scope(), secrets.name()));
        WholeFile.replace(file, format.orElse(before.format()).write(List.of(merged)));
    }

    private Manifest merged(Manifest target, Manifest update) {
        return target.with(json -> {
            ObjectNode spec = json.withObjectProperty("spec");
            ObjectNode encrypted = spec.withObjectProperty("encryptedData");
            encrypted.setAll((ObjectNode) update.json().at("/spec/encryptedData"));
            for (String field : List.of("labels", "annotations")) {
                if (update.at("spec", "template", "metadata", field) instanceof ObjectNode added) {
                    spec.withObjectProperty("template")
                            .withObjectProperty("metadata")
                            .withObjectProperty(field)
                            .setAll(added);
                }
            }
            nameKey(json, target, update);
            return json;
        });
    }

    /** Name the key only if all values are sealed with it. */
    private void nameKey(ObjectNode json, Manifest target, Manifest update) {
        boolean replacesAll = SealedContent.of(update)
                .encryptedData()
                .keySet()
                .containsAll(SealedContent.of(target).encryptedData().keySet());
        ObjectNode metadata = json.withObjectProperty("metadata");
        if (replacesAll || key.text().equals(target.annotations().get(Sealer.SEALED_WITH))) {
            metadata.withObjectProperty("annotations").put(Sealer.SEALED_WITH, key.text());
        } else if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(Sealer.SEALED_WITH);
        }
    }

    private Manifest seal(Manifest secret, Scope as, String file) throws IOException {
        if (!emptyAllowed && secret.at("data").isEmpty() && secret.at("stringData").isEmpty()
                && secret.kind().equals("Secret")) {
            throw new IOException(
                    file + ": Secret " + secret.name() + " has no data, which is taken for a mistake: give"
                            + " --allow-empty-data if it is none");
        }
        try {
            return sealer.seal(secret, as);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + secret.kind() + " " + secret.name() + ": " + e.getMessage(), e);
        }
    }

    private static SealedContent content(Path file, Manifest target) throws IOException {
        try {
            return SealedContent.of(target);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + target.name() + ": " + e.getMessage(), e);
        }
    }

    private static Manifest only(ObjectFile file) throws IOException {
        if (file.objects().size() != 1) {
            throw new IOException(file.name() + " holds " + file.objects().size()
                    + " objects, and merging takes one: split the file");
        }
        return file.objects().get(0);
    }

    private static void refuseOtherScope(Path file, Scope of, Optional<Scope> asked) throws IOException {
        if (asked.isPresent() && asked.get() != of) {
            throw new IOException(file + " is sealed in scope " + of + ", and " + asked.get()
                    + " is asked for: all values of a SealedSecret have one scope, seal the whole Secret for another");
        }
    }
}
