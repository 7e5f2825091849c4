package dev.tenantry.secretsservice;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;

/** Name the parts of a Secret that a SealedSecret decides on, such as {@code data/password}. */
final class SecretParts {

    /** The type of Secrets to which Kubernetes itself adds the token of an account. */
    static final String TOKENS = "kubernetes.io/service-account-token";
    /** Stands for whatever values others add. */
    static final String VALUES_OF_OTHERS = "data";

    static final String DATA = "data/";
    private static final String LABELS = "labels/";
    private static final String ANNOTATIONS = "annotations/";
    private static final String FINALIZERS = "finalizers/";
    private static final String OWNER = "owner";
    private static final String FIELD = "f:";
    /** A finalizer is a qualified name, in which JSON escapes nothing. */
    private static final String ITEM = "v:\"";

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
        parts.remove(ANNOTATIONS + Origin.ANNOTATION);
        parts.add(ANNOTATIONS + Sealer.SEALED_WITH);
        addFinalizers(parts, content.template().path("metadata").path("finalizers"));
        if (TOKENS.equals(content.template().path("type").asText())) {
            parts.add(VALUES_OF_OTHERS);
        }
        if (!content.isUnowned()) {
            parts.add(OWNER);
        }
        return parts;
    }

    /** List what a Secret consists of. */
    static Set<String> of(Manifest secret) {
        Set<String> parts = new TreeSet<>();
        secret.at("data").fieldNames().forEachRemaining(key -> parts.add(DATA + key));
        secret.labels().keySet().forEach(key -> parts.add(LABELS + key));
        secret.annotations().keySet().forEach(key -> parts.add(ANNOTATIONS + key));
        parts.remove(ANNOTATIONS + Origin.ANNOTATION);
        addFinalizers(parts, secret.at("metadata", "finalizers"));
        if (!secret.at("metadata", "ownerReferences").isEmpty()) {
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
            // Its value is compared, which says more.
            parts.remove(ANNOTATIONS + Origin.ANNOTATION);
            metadata.path("f:finalizers")
                    .fieldNames()
                    .forEachRemaining(value -> finalizer(value).ifPresent(name -> parts.add(FINALIZERS + name)));
            metadata.path("f:ownerReferences").fieldNames().forEachRemaining(owner -> {
                if (owner.startsWith("k:")) {
                    parts.add(OWNER);
                }
            });
        }
        return parts;
    }

    /** Leave out who owns the Secret. */
    static Set<String> withoutOwner(Set<String> parts) {
        return parts.stream().filter(part -> !part.equals(OWNER)).collect(Collectors.toSet());
    }

    /** Leave out what stands for no part. */
    static Set<String> ours(Set<String> expected) {
        return expected.stream().filter(part -> !part.equals(VALUES_OF_OTHERS)).collect(Collectors.toSet());
    }

    /** Keep the values alone. */
    static Set<String> data(Set<String> parts) {
        return startingWith(DATA, parts);
    }

    /** Keep the finalizers alone. */
    static Set<String> finalizers(Set<String> parts) {
        return startingWith(FINALIZERS, parts);
    }

    private static Set<String> startingWith(String prefix, Set<String> parts) {
        return parts.stream().filter(part -> part.startsWith(prefix)).collect(Collectors.toSet());
    }

    private static void addFinalizers(Set<String> parts, JsonNode finalizers) {
        finalizers.forEach(finalizer -> parts.add(FINALIZERS + finalizer.asText()));
    }

    /** Read an item of a set, as {@code managedFields} have it: {@code v:} and JSON. */
    private static Optional<String> finalizer(String field) {
        return field.startsWith(ITEM) && field.endsWith("\"")
                ? Optional.of(field.substring(ITEM.length(), field.length() - 1))
                : Optional.empty();
    }

    private static void add(Set<String> parts, String prefix, JsonNode fields) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getKey().startsWith(FIELD)) {
                parts.add(prefix + field.getKey().substring(FIELD.length()));
            }
        }
    }
}
