package dev.tenantry.e2e.deploy;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What a service account may do, by the word of the API server.
 *
 * @param namespace of the account
 * @param account its name
 */
record Rights(KubernetesClient client, String namespace, String account) {

    /** All objects, or all namespaces. */
    static final String ALL = "";

    /**
     * Ask for a right.
     *
     * @param resource as RBAC has it, such as {@code deployments.apps}, {@code secrets} or {@code pods/exec}
     */
    boolean may(String verb, String resource, String inNamespace, String name) {
        String[] parts = resource.split("/", 2);
        String[] plural = parts[0].split("\\.", 2);
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + namespace + ":" + account)
                .withGroups(List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace,
                        "system:authenticated"))
                .withExtra(Map.of())
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(plural.length == 2 ? plural[1] : "")
                .withResource(plural[0])
                .withSubresource(parts.length == 2 ? parts[1] : null)
                .withNamespace(inNamespace)
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization().v1().subjectAccessReview().create(review).getStatus().getAllowed();
    }

    boolean may(String verb, String resource, String inNamespace) {
        return may(verb, resource, inNamespace, ALL);
    }
}
