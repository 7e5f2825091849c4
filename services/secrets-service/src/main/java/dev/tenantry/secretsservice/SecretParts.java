package dev.tenantry.secretsservice;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;

/** Name the parts of a Secret that a SealedSecret decides on, such as {@code data/password}. */
final class SecretParts {

    private static final String DATA = "data/";
    private static final String LABELS = "labels/";
    private static final String ANNOTATIONS = "annotations/";
    private static final String OWNER = "owner";
    private static final String FIELD = "f:";

    private SecretParts() {}

    /** List what the Secret of a SealedSecret has to consist of; nothing where only its blob knows. */
    static Set<String> expected(SealedContent content) {
        Set<String> parts = new HashSet<>();
        if (content.data() != null) {
            return parts;
        }
        content.keys().forEach(key -> parts.add(DATA + key));
        content.labels().keySet().forEach(key -> parts.add(LABELS + key));
        content.annotations().keySet().forEach(key -> parts.add(ANNOTATIONS + key));
        parts.add(ANNOTATIONS + Sealer.SEALED_WITH);
        if (!content.isUnowned()) {
            parts.add(OWNER);
        }
        return parts;
    }

    /** List what the API server says was set last by some managers of a Secret, by their {@code managedFields}. */
    static Set<String> in(List<ManagedFields> managers) {
        Set<String> parts = new TreeSet<>();
        for (ManagedFields manager : managers) {
            JsonNode metadata = manager.fields().path("f:metadata");
            add(parts, DATA, manager.fields().path("f:data"));
            add(parts, LABELS, metadata.path("f:labels"));
            add(parts, ANNOTATIONS, metadata.path("f:annotations"));
            if (metadata.has("f:ownerReferences")) {
                parts.add(OWNER);
            }
        }
        return parts;
    }

    /** Leave out who owns the Secret. */
    static Set<String> withoutOwner(Set<String> parts) {
        return parts.stream().filter(part -> !part.equals(OWNER)).collect(Collectors.toSet());
    }

    /** Keep the values alone. */
    static Set<String> data(Set<String> parts) {
        return parts.stream().filter(part -> part.startsWith(DATA)).collect(Collectors.toSet());
    }

    private static void add(Set<String> parts, String prefix, JsonNode fields) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getKey().startsWith(FIELD)) {
                parts.add(prefix + field.getKey().substring(FIELD.length()));
            }
        }
    }
}
