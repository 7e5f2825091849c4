package dev.tenantry.access;

import java.util.List;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Service accounts of a namespace, with tokens and rights. */
public record People(KubernetesClient client, String namespace) {

    /** Creates an account without rights and returns a token of it, for the API server unless audiences are given. */
    public String token(String account, String... audiences) {
        client.serviceAccounts()
                .inNamespace(namespace)
                .resource(
                        new ServiceAccountBuilder().withNewMetadata().withName(account).endMetadata().build())
                .createOr(existing -> existing.update());
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(
                        new TokenRequestBuilder().withNewSpec()
                                .withAudiences(List.of(audiences))
                                .withExpirationSeconds(3600L)
                                .endSpec()
                                .build())
                .getStatus()
                .getToken();
    }

    /** Lets an account of another namespace or this one do something with the ConfigMaps of this one. */
    public void grant(String accountNamespace, String account, String verb, String... names) {
        String role = accountNamespace + "-" + account + "-may-" + verb;
        client.rbac()
                .roles()
                .inNamespace(namespace)
                .resource(
                        new RoleBuilder().withNewMetadata()
                                .withName(role)
                                .endMetadata()
                                .addNewRule()
                                .withApiGroups("")
                                .withResources("configmaps")
                                .withVerbs(verb)
                                .withResourceNames(names)
                                .endRule()
                                .build())
                .create();
        client.rbac()
                .roleBindings()
                .inNamespace(namespace)
                .resource(
                        new RoleBindingBuilder().withNewMetadata()
                                .withName(role)
                                .endMetadata()
                                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                                .addNewSubject("", "ServiceAccount", account, accountNamespace)
                                .build())
                .create();
    }
}
