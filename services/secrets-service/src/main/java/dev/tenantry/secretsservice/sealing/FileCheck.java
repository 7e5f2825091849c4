package dev.tenantry.secretsservice.sealing;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.InvalidManifestException;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.scope.Scope;

/**
 * Checks SealedSecrets without any private key, as before a merge. Thread-safe.
 *
 * <p>That nothing is found does not prove that a value opens: whether it was encrypted for this name and is unchanged only
 * the private key can tell.
 */
public final class FileCheck {

    private static final int TAG_BYTES = 16;
    private static final String KEY = "[-._a-zA-Z0-9]{1,253}";
    private static final String ENCRYPTED = "spec.encryptedData";

    private final KnownKeys known;

    /** @param certificates those of the cluster's keys, old ones too; may be empty */
    public FileCheck(Collection<X509Certificate> certificates) {
        this.known = new KnownKeys(certificates);
    }

    /**
     * Tell what is wrong with a SealedSecret, and which key it was sealed with as far as the file says.
     *
     * @throws IllegalArgumentException when the object is no SealedSecret
     */
    public List<Finding> check(Manifest object) {
        SealedContent sealed = SealedContent.of(object);
        List<Finding> findings = new ArrayList<>();
        new ScopeCheck(object, sealed).run(findings);
        form(object, sealed, findings);
        Map<String, SealedValue> values = values(object, sealed, findings);
        size(values.values(), findings);
        known.check(object, values, findings);
        collisions(sealed, findings);
        copies("metadata.annotations", object.annotations(), findings);
        copies("spec.template.metadata.annotations", sealed.annotations(), findings);
        return List.copyOf(findings);
    }

    private static void form(Manifest object, SealedContent sealed, List<Finding> findings) {
        sealed.refusedForm(true).ifPresent(refused -> findings.add(Finding.error("spec", refused.message())));
        if (sealed.data() != null && sealed.encryptedData().isEmpty()) {
            findings.add(Finding.warning("spec.data", "is deprecated: seal the Secret again, or have it sealed anew by"
                    + " kubeseal --re-encrypt"));
        }
        if (sealed.data() == null && !(object.at("spec", "encryptedData") instanceof ObjectNode)) {
            findings.add(Finding.error(ENCRYPTED, "is missing: seal the Secret"));
        }
    }

    /** Take all values apart that can be. */
    private static Map<String, SealedValue> values(Manifest object, SealedContent sealed, List<Finding> findings) {
        Map<String, SealedValue> values = new TreeMap<>();
        if (sealed.data() != null) {
            parse("spec.data", sealed.data(), findings).ifPresent(value -> values.put("spec.data", value));
        }
        if (object.at("spec", "encryptedData") instanceof ObjectNode fields) {
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                String where = ENCRYPTED + "." + field.getKey();
                if (!field.getKey().matches(KEY)) {
                    findings.add(Finding.error(where, "is no key that a Secret can have: letters, digits, '-', '_' and"
                            + " '.' only"));
                }
                if (field.getValue().isTextual()) {
                    parse(where, field.getValue().textValue(), findings)
                            .ifPresent(value -> values.put(where, value));
                } else {
                    findings.add(Finding.error(where, "is no string: seal the value again"));
                }
            }
        }
        return values;
    }

    private static Optional<SealedValue> parse(String where, String base64, List<Finding> findings) {
        try {
            return Optional.of(SealedValue.parse(base64));
        } catch (MalformedValueException e) {
            findings.add(Finding.error(where, e.getMessage() + ": seal the value again"));
            return Optional.empty();
        }
    }

    private static void size(Collection<SealedValue> values, List<Finding> findings) {
        long size = values.stream().mapToLong(value -> value.aes().length - TAG_BYTES).sum();
        if (size > Unsealer.MOST_BYTES) {
            findings.add(
                    Finding.error("spec", "the values have " + size + " bytes together, and a Secret takes at most "
                            + Unsealer.MOST_BYTES + ": split it"));
        }
    }

    private static void collisions(SealedContent sealed, List<Finding> findings) {
        sealed.templates()
                .keySet()
                .stream()
                .filter(sealed.encryptedData()::containsKey)
                .forEach(key -> findings.add(
                        Finding.warning("spec.template.data." + key, "takes the place of " + ENCRYPTED + "." + key
                                + ": rename one, unless the template makes use of that value")));
    }

    /** Look for the whole Secret in clear, which kubectl leaves in an annotation when a Secret is applied. */
    private static void copies(String where, Map<String, String> annotations, List<Finding> findings) {
        for (String copy : Sealer.COPIES) {
            String text = annotations.get(copy);
            if (text != null && isClearText(text)) {
                findings.add(Finding.warning(where + "." + copy, "holds a Secret in clear text: remove it, also from"
                        + " git's history, and replace the values that it shows"));
            }
        }
    }

    private static boolean isClearText(String json) {
        try {
            Manifest copy = Manifest.parse(json);
            return copy.kind().equals("Secret") && !(copy.at("data").isEmpty() && copy.at("stringData").isEmpty());
        } catch (InvalidManifestException e) {
            return false;
        }
    }

    /** What the annotations and the names say of where it may be opened. */
    private record ScopeCheck(Manifest object, SealedContent sealed) {

        void run(List<Finding> findings) {
            Scope scope = sealed.scope();
            Scope ofTemplate = Scope.of(sealed.annotations());
            if (Scope.isSaid(sealed.annotations()) && ofTemplate != scope) {
                findings.add(Finding.error("metadata.annotations", "say scope " + scope
                        + ", and those of spec.template say " + ofTemplate
                        + ": make both say the one that it was sealed"
                        + " with, most likely " + ofTemplate));
            }
            if (object.namespace().isEmpty() && scope != Scope.CLUSTER_WIDE) {
                findings.add(Finding.error("metadata.namespace", "is missing, and scope " + scope
                        + " needs it: add the namespace that it was sealed for"));
            }
            if (scope == Scope.STRICT) {
                same("name", object.name(), findings);
            }
            if (scope != Scope.CLUSTER_WIDE && !object.namespace().isEmpty()) {
                same("namespace", object.namespace(), findings);
            }
        }

        private void same(String field, String own, List<Finding> findings) {
            String ofTemplate = sealed.template().path("metadata").path(field).asText("");
            if (!ofTemplate.isEmpty() && !ofTemplate.equals(own)) {
                findings.add(Finding.error("metadata." + field, "is " + own + ", and that of spec.template is "
                        + ofTemplate + ": what is sealed in scope " + sealed.scope()
                        + " cannot be moved, seal it again for its new place"));
            }
        }
    }
}
