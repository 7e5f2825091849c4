package dev.tenantry.access;

import dev.tenantry.testkit.cluster.TestAccount;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Service accounts of a namespace, with tokens and rights. */
public record People(KubernetesClient client, String namespace) {

    /** Creates an account without rights and returns a token of it, for the API server unless audiences are given. */
    public String token(String account, String... audiences) {
        return TestAccount.create(client, namespace, account).token(audiences);
    }

    /** Lets an account of another namespace or this one do something with the ConfigMaps of this one. */
    public void grant(String accountNamespace, String account, String verb, String... names) {
        new TestAccount(client, accountNamespace, account).mayIn(namespace, verb, "", "configmaps", names);
    }
}
