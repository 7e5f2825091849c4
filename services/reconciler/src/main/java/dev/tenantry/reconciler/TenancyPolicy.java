package dev.tenantry.reconciler;

import java.util.Optional;
import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.apply.Account;

/**
 * Who may refer to what, and as whom a target is applied.
 * <p>
 * Platform namespaces may refer across namespaces, and apply as the platform's account unless they name one. Everybody
 * else stays in their namespace, and applies as the account they name there, else {@code default}.
 *
 * @param platformNamespaces the namespaces of those who run the cluster
 * @param platformAccount the account that applies for them
 */
public record TenancyPolicy(Set<String> platformNamespaces, Account platformAccount) {

    private static final String DEFAULT_ACCOUNT = "default";

    public TenancyPolicy {
        platformNamespaces = Set.copyOf(platformNamespaces);
    }

    /** Give the account that a target is applied as. */
    public Account accountOf(Target target) {
        String namespace = target.name().namespace();
        String named = target.spec().serviceAccountName();
        if (named != null && !named.isEmpty()) {
            return new Account(namespace, named);
        }
        return platformNamespaces.contains(namespace) ? platformAccount : new Account(namespace, DEFAULT_ACCOUNT);
    }

    /** Tell what is wrong with a target's references, if anything. */
    public Optional<String> violation(Target target) {
        String namespace = target.name().namespace();
        if (platformNamespaces.contains(namespace)) {
            return Optional.empty();
        }
        NamespacedName source = target.source();
        if (!source.namespace().equals(namespace)) {
            return Optional.of(refusal(target.spec().sourceRef().kind(), source, "spec.sourceRef"));
        }
        return target.spec()
                .dependsOn()
                .stream()
                .map(dependency -> dependency.from(namespace))
                .filter(dependency -> !dependency.namespace().equals(namespace))
                .findFirst()
                .map(dependency -> refusal(Target.KIND, dependency, "spec.dependsOn"));
    }

    private static String refusal(String kind, NamespacedName name, String field) {
        return "can't access '%s/%s', cross-namespace references have been blocked: use an object of this namespace in %s"
                .formatted(kind, name, field);
    }
}
