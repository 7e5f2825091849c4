package dev.tenantry.cli.secrets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Unsealed;
import dev.tenantry.secretsservice.sealing.Unsealer;
import dev.tenantry.secretsservice.template.TemplateWorkers;
import dev.tenantry.workers.WorkerBinary;

/** Opens SealedSecrets with keys at hand. */
final class Opening implements AutoCloseable {

    private static final Duration TEMPLATE_TIME = Duration.ofSeconds(5);
    private static final long TEMPLATE_MEMORY = 128L << 20;

    private final KeyRing keys;
    private final TemplateWorkers templates;
    private final Unsealer unsealer;

    private Opening(KeyRing keys, TemplateWorkers templates) {
        this.keys = keys;
        this.templates = templates;
        this.unsealer = new Unsealer(templates, true);
    }

    /**
     * Start, with so many templates rendered at once.
     *
     * @throws FileNotFoundException when there is no program to render them
     */
    static Opening with(KeyRing keys, int parallel) throws IOException {
        return new Opening(keys, new TemplateWorkers(WorkerBinary.find(TemplateWorkers.PROGRAM), parallel,
                TEMPLATE_TIME, TEMPLATE_MEMORY));
    }

    /**
     * Open all SealedSecrets of a file.
     *
     * @throws IOException when one does not open; the message says why and what to do, and no value
     */
    List<Manifest> open(ObjectFile file) throws IOException {
        List<Manifest> secrets = new ArrayList<>();
        for (Manifest object : file.objects()) {
            secrets.add(open(file.name(), object));
        }
        return secrets;
    }

    private Manifest open(String file, Manifest object) throws IOException {
        SealedContent sealed;
        try {
            sealed = SealedContent.of(object);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + object.name() + ": " + e.getMessage(), e);
        }
        String where = file + ": " + sealed.name() + ": ";
        return switch (unsealer.unseal(sealed, keys)) {
            case Unsealed.Opened opened -> asPrintedByKubeseal(opened.secret());
            case Unsealed.Refused refused -> throw new IOException(where + refused.message());
            case Unsealed.Unavailable(String message) -> throw new IOException(where + message);
        };
    }

    /** kubeseal prints an empty value as null, and files that it wrote are compared with ours. */
    private static Manifest asPrintedByKubeseal(Manifest secret) {
        return secret.with(json -> {
            ObjectNode data = json.withObjectProperty("data");
            data.properties()
                    .stream()
                    .filter(item -> item.getValue().asText().isEmpty())
                    .forEach(item -> item.setValue(NullNode.getInstance()));
            return json;
        });
    }

    @Override
    public void close() {
        templates.close();
    }
}
