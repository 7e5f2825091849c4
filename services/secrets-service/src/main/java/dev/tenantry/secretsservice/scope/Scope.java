package dev.tenantry.secretsservice.scope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Where a sealed value may be opened: nobody can move it further, since the scope is the label of its encryption.
 *
 * <p>Source of the format: bitnami-labs/sealed-secrets, {@code EncryptionLabel}.
 */
public enum Scope {

    /** Only under the namespace and name that it was sealed for. */
    STRICT("strict"),
    /** Under any name in the namespace that it was sealed for. */
    NAMESPACE_WIDE("namespace-wide"),
    /** Anywhere. */
    CLUSTER_WIDE("cluster-wide");

    private static final String PREFIX = "sealedsecrets.bitnami.com/";
    private static final String ON = "true";

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** Read the scope from an object's annotations; the wider one counts if there are two. */
    public static Scope of(Map<String, String> annotations) {
        if (ON.equals(annotations.get(CLUSTER_WIDE.annotation()))) {
            return CLUSTER_WIDE;
        }
        return ON.equals(annotations.get(NAMESPACE_WIDE.annotation())) ? NAMESPACE_WIDE : STRICT;
    }

    /** Tell whether annotations name a scope, rather than have the strict one by their silence. */
    public static boolean isSaid(Map<String, String> annotations) {
        return of(annotations) != STRICT;
    }

    /** Find the scope that kubeseal calls by a word, such as {@code namespace-wide}. */
    public static Optional<Scope> named(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /** List the words of all scopes, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(scope -> scope.word).collect(Collectors.joining(", "));
    }

    /** Give annotations that say this scope and no other, beside what they say of anything else. */
    public Map<String, String> in(Map<String, String> annotations) {
        Map<String, String> result = new LinkedHashMap<>(annotations);
        result.remove(CLUSTER_WIDE.annotation());
        result.remove(NAMESPACE_WIDE.annotation());
        if (this != STRICT) {
            result.put(annotation(), ON);
        }
        return result;
    }

    /** Give the label under which a value for a Secret is encrypted. */
    public byte[] label(NamespacedName secret) {
        String text = switch (this) {
            case STRICT -> secret.namespace() + "/" + secret.name();
            case NAMESPACE_WIDE -> secret.namespace();
            case CLUSTER_WIDE -> "";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String annotation() {
        return PREFIX + word;
    }

    /** Give the word that kubeseal calls it by. */
    @Override
    public String toString() {
        return word;
    }
}
