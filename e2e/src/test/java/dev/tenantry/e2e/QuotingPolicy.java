package dev.tenantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** An admission policy that refuses Secrets with a label, and quotes a value of theirs in what it says. */
final class QuotingPolicy {

    /** The label: {@code whole} to forbid and quote a value, {@code part} to quote half of it, {@code invalid} to say so. */
    static final String LABEL = "quoted";

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: quoting}
            spec:
              matchConstraints:
                resourceRules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}
              matchConditions:
                - name: labelled
                  expression: has(object.metadata.labels) && 'quoted' in object.metadata.labels
              validations:
                - expression: object.metadata.labels.quoted != 'whole'
                  reason: Forbidden
                  message: no message
                  messageExpression: "'it is ' + string(object.data.password)"
                - expression: object.metadata.labels.quoted != 'part'
                  reason: Forbidden
                  message: no message
                  messageExpression: "'it begins with ' + string(object.data.password).substring(0, 20)"
                - expression: object.metadata.labels.quoted != 'invalid'
                  reason: Invalid
                  message: no message
                  messageExpression: "'it is ' + string(object.data.password)"
            """;
    private static final String BINDING = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: quoting}
            spec:
              policyName: quoting
              validationActions: [Deny]
            """;

    private static final String VALUE = Base64.getEncoder()
            .encodeToString("a value that the policy quotes".getBytes(StandardCharsets.UTF_8));

    private QuotingPolicy() {}

    /** Establish it, and wait until it quotes. */
    static void establish(KubernetesClient client, String namespace) {
        client.resource(POLICY).create();
        client.resource(BINDING).create();
        for (String label : List.of("whole", "part", "invalid")) {
            Team.soon(() -> assertThat(refusal(client, namespace, label)).contains(VALUE.substring(0, 20)));
        }
    }

    private static String refusal(KubernetesClient client, String namespace, String label) {
        try {
            client.resource(new SecretBuilder().withNewMetadata()
                    .withNamespace(namespace)
                    .withName("quoted-" + label)
                    .addToLabels(LABEL, label)
                    .endMetadata()
                    .addToData("password", VALUE)
                    .build()).dryRun().create();
            return "";
        } catch (KubernetesClientException e) {
            return e.getMessage();
        }
    }
}
