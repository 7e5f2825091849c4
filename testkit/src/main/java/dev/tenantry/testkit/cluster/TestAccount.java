package dev.tenantry.testkit.cluster;

import java.util.Arrays;
import java.util.List;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A service account, with tokens and rights.
 *
 * @param client an administrator's
 */
public record TestAccount(KubernetesClient client, String namespace, String name) {

    private static final long AN_HOUR = 3600;

    /** Make an account without rights, unless it is there. */
    public static TestAccount create(KubernetesClient client, String namespace, String name) {
        client.resource(new ServiceAccountBuilder().withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build()).createOr(existing -> existing.update());
        return new TestAccount(client, namespace, name);
    }

    /** Return a token that holds for an hour, for the API server unless audiences are given. */
    public String token(String... audiences) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder().withNewSpec()
                        .withAudiences(List.of(audiences))
                        .withExpirationSeconds(AN_HOUR)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** Let it do something in its own namespace; with all objects of the kind unless names are given. */
    public TestAccount may(String verb, String group, String resources, String... names) {
        return mayIn(namespace, verb, group, resources, names);
    }

    /** Let it do something in a namespace, also another. */
    public TestAccount mayIn(String where, String verb, String group, String resources, String... names) {
        String what = verb + group + resources + Arrays.toString(names);
        String role = "%s-%s-%08x".formatted(namespace, name, what.hashCode());
        client.resource(new RoleBuilder().withNewMetadata()
                .withNamespace(where)
                .withName(role)
                .endMetadata()
                .addNewRule()
                .withVerbs(verb)
                .withApiGroups(group)
                .withResources(resources)
                .withResourceNames(names)
                .endRule()
                .build()).create();
        client.resource(new RoleBindingBuilder().withNewMetadata()
                .withNamespace(where)
                .withName(role)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                .addNewSubject("", "ServiceAccount", name, namespace)
                .build()).create();
        return this;
    }
}
