package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.cluster.TestAccount;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

class ObjectApiIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final ResourceType DEPLOYMENTS = ResourceType
            .namespaced("apps", "v1", "Deployment", "deployments");
    private static final ApplyOptions OURS = ApplyOptions.as("kustomize-controller");

    private final ObjectApi api = ObjectApi.of(CLUSTER.client());
    private final String namespace = CLUSTER.newNamespace();

    @Test
    void anAppliedObjectIsReadBack() {
        // When
        ObjectNode applied = await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS));

        // Then
        Optional<ObjectNode> read = await(api.get(CONFIG_MAPS.at(namespace, "web")));
        assertThat(read).hasValue(applied);
        assertThat(applied.at("/data/key").asText()).isEqualTo("a");
    }

    @Test
    void anObjectThatDoesNotExistIsNoError() {
        // When
        Optional<ObjectNode> read = await(api.get(CONFIG_MAPS.at(namespace, "nowhere")));
        Optional<ObjectNode> deleted = await(
                api.delete(CONFIG_MAPS.at(namespace, "nowhere"), DeleteOptions.unconditionally()));

        // Then
        assertThat(read).isEmpty();
        assertThat(deleted).isEmpty();
    }

    @Test
    void aKindThatIsNotServedIsAnError() {
        // Given
        ResourceType unknown = ResourceType.namespaced("apps", "v1", "Unknown", "unknowns");
        ResourceType unknownGroup = ResourceType.namespaced("example.org", "v1", "Unknown", "unknowns");

        // When
        ApiError error = failure(api.get(unknown.at(namespace, "web")));
        ApiError groupError = failure(api.get(unknownGroup.at(namespace, "web")));

        // Then
        assertThat(error.isUnknownKind()).isTrue();
        assertThat(groupError.isUnknownKind()).isTrue();
    }

    @Test
    void aMissingNamespaceIsTold() {
        // When
        ApiError error = failure(
                api.apply(CONFIG_MAPS, configMap("web", "a").withNamespace("no-such-namespace"), OURS));

        // Then
        assertThat(error.isMissingNamespace()).isTrue();
        assertThat(error.isUnknownKind()).isFalse();
    }

    @Test
    void aConflictOverAFieldNamesFieldAndManager() {
        // Given
        await(api.apply(CONFIG_MAPS, configMap("web", "theirs"), ApplyOptions.as("someone")));

        // When
        ApiError error = failure(api.apply(CONFIG_MAPS, configMap("web", "ours"), OURS));

        // Then
        assertThat(error.isConflict()).isTrue();
        assertThat(error.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.field()).isEqualTo(".data.key");
            assertThat(cause.message()).contains("someone");
        });
    }

    @Test
    void aForcedApplyTakesTheFieldOver() {
        // Given
        await(api.apply(CONFIG_MAPS, configMap("web", "theirs"), ApplyOptions.as("someone")));

        // When
        ObjectNode applied = await(api.apply(CONFIG_MAPS, configMap("web", "ours"), OURS.forced()));

        // Then
        assertThat(applied.at("/data/key").asText()).isEqualTo("ours");
    }

    @Test
    void aDryRunChangesNothing() {
        // When
        ObjectNode shown = await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS.dry()));

        // Then
        assertThat(shown.at("/data/key").asText()).isEqualTo("a");
        assertThat(await(api.get(CONFIG_MAPS.at(namespace, "web")))).isEmpty();
    }

    @Test
    void aChangeOfAnImmutableFieldIsRecognized() {
        // Given
        await(api.apply(DEPLOYMENTS, deployment("web"), OURS));

        // When
        ApiError error = failure(api.apply(DEPLOYMENTS, deployment("other"), OURS.forced()));

        // Then
        assertThat(error.isImmutableField()).isTrue();
    }

    @Test
    void anInvalidObjectNamesItsFields() {
        // When
        ApiError error = failure(
                api.apply(CONFIG_MAPS, configMap("web", "a").with(json -> json.put("immutable", "perhaps")), OURS));

        // Then
        assertThat(error.isInvalid()).as(error.toString()).isTrue();
        assertThat(error.isTransient()).isFalse();
        assertThat(error.message()).contains(".immutable");
    }

    @Test
    void anObjectOfAnotherUidIsNotDeleted() {
        // Given
        await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS));

        // When
        ApiError error = failure(
                api.delete(
                        CONFIG_MAPS.at(namespace, "web"),
                        DeleteOptions.onlyIf("00000000-0000-0000-0000-000000000000", "1")));

        // Then
        assertThat(error.isConflict()).isTrue();
        assertThat(await(api.get(CONFIG_MAPS.at(namespace, "web")))).isPresent();
    }

    @Test
    void anObjectThatChangedSinceIsNotDeleted() {
        // Given
        ObjectNode seen = await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS));
        await(api.apply(CONFIG_MAPS, configMap("web", "b"), OURS));

        // When
        ApiError error = failure(api.delete(CONFIG_MAPS.at(namespace, "web"), exactly(seen)));

        // Then
        assertThat(error.isConflict()).isTrue();
    }

    @Test
    void whatWasSeenIsDeleted() {
        // Given
        ObjectNode seen = await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS));

        // When
        await(api.delete(CONFIG_MAPS.at(namespace, "web"), exactly(seen)));

        // Then
        assertThat(await(api.get(CONFIG_MAPS.at(namespace, "web")))).isEmpty();
    }

    @Test
    void aStatusIsPatchedOnlyInTheVersionSeen() {
        // Given
        ObjectNode seen = await(api.apply(DEPLOYMENTS, deployment("web"), OURS));
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.putObject("status").put("collisionCount", 7);
        Patch patch = Patch.merge(status).onStatus().by("tests");
        ObjectPath path = DEPLOYMENTS.at(namespace, "web");

        // When
        ApiError stale = failure(api.patch(path, patch.onlyIf("1")));
        ObjectNode patched = await(api.patch(path, patch));

        // Then
        assertThat(stale.isConflict()).isTrue();
        assertThat(patched.at("/status/collisionCount").asInt()).isEqualTo(7);
        assertThat(patched.at("/metadata/generation")).isEqualTo(seen.at("/metadata/generation"));
    }

    @Test
    void aJsonPatchOfAnotherVersionIsAConflict() {
        // Given
        ObjectNode seen = await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS));
        Patch patch = Patch.json(
                JsonNodeFactory.instance.arrayNode()
                        .add(
                                JsonNodeFactory.instance.objectNode()
                                        .put("op", "replace")
                                        .put("path", "/data/key")
                                        .put("value", "b")));
        ObjectPath path = CONFIG_MAPS.at(namespace, "web");

        // When
        ObjectNode patched = await(api.patch(path, patch.onlyIf(seen.at("/metadata/resourceVersion").asText())));
        ApiError stale = failure(api.patch(path, patch.onlyIf(seen.at("/metadata/resourceVersion").asText())));

        // Then
        assertThat(patched.at("/data/key").asText()).isEqualTo("b");
        assertThat(stale.isConflict()).isTrue();
    }

    @Test
    void aListComesInPagesOfOneSnapshot() {
        // Given
        for (int i = 0; i < 5; i++) {
            await(api.apply(CONFIG_MAPS, configMap("web-" + i, "a").withLabels(Map.of("app", "web")), OURS));
        }
        ListQuery query = ListQuery.in(namespace).labelled("app=web").paged(2);

        // When
        ObjectPage first = await(api.list(CONFIG_MAPS, query));
        ObjectPage second = await(api.next(CONFIG_MAPS, query, first));
        List<ObjectNode> all = await(api.listAll(CONFIG_MAPS, query));

        // Then
        assertThat(first.items()).hasSize(2).allMatch(item -> item.path("kind").asText().equals("ConfigMap"));
        assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
        assertThat(all).extracting(item -> item.at("/metadata/name").asText())
                .containsExactly("web-0", "web-1", "web-2", "web-3", "web-4");
    }

    @Test
    void aServiceAccountMayNoMoreThanItsOwnRoles() {
        // Given
        TestAccount.create(CLUSTER.client(), namespace, "robot").may("get", "", "configmaps");
        await(api.apply(CONFIG_MAPS, configMap("web", "a"), OURS));
        ObjectApi robot = api.as(namespace, "robot");

        // When
        Optional<ObjectNode> read = await(robot.get(CONFIG_MAPS.at(namespace, "web")));
        ApiError refused = failure(robot.apply(CONFIG_MAPS, configMap("web", "b"), OURS));

        // Then
        assertThat(read).isPresent();
        assertThat(refused.isForbidden()).isTrue();
        assertThat(refused.message()).contains("system:serviceaccount:" + namespace + ":robot");
    }

    @Test
    void toActAsAServiceAccountTheRightToImpersonateItSuffices() {
        // Given
        TestAccount.create(CLUSTER.client(), namespace, "robot").may("get", "", "configmaps");
        CLUSTER.client()
                .rbac()
                .roles()
                .inNamespace(namespace)
                .resource(
                        new RoleBuilder().withNewMetadata()
                                .withName("impersonator")
                                .endMetadata()
                                .addNewRule()
                                .withApiGroups("")
                                .withResources("serviceaccounts")
                                .withVerbs("impersonate")
                                .withResourceNames("robot")
                                .endRule()
                                .build())
                .create();
        CLUSTER.client()
                .rbac()
                .roleBindings()
                .inNamespace(namespace)
                .resource(
                        new RoleBindingBuilder().withNewMetadata()
                                .withName("impersonator")
                                .endMetadata()
                                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "impersonator")
                                .addNewSubject("rbac.authorization.k8s.io", "User", "agent-of-" + namespace, null)
                                .build())
                .create();
        try (KubernetesClient agentClient = CLUSTER.clientFor("agent-of-" + namespace)) {
            ObjectApi agent = ObjectApi.of(agentClient);

            // When
            Optional<ObjectNode> read = await(agent.as(namespace, "robot").get(CONFIG_MAPS.at(namespace, "none")));
            ApiError asItself = failure(agent.get(CONFIG_MAPS.at(namespace, "none")));
            ApiError asAnother = failure(agent.as(namespace, "default").get(CONFIG_MAPS.at(namespace, "none")));

            // Then
            assertThat(read).isEmpty();
            assertThat(asItself.isForbidden()).isTrue();
            assertThat(asAnother.isForbidden()).isTrue();
            assertThat(asAnother.message()).contains("cannot impersonate");
        }
    }

    @Test
    void anApplyWhoseAnswerWasLostIsRepeated() {
        try (ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
                ObjectApi faulty = ObjectApi.connect(proxy.config())) {
            // Given
            proxy.when(Calls.applying("configmaps")).loseAnswer();

            // When
            ObjectNode applied = await(faulty.apply(CONFIG_MAPS, configMap("web", "a"), OURS));

            // Then
            assertThat(applied.at("/data/key").asText()).isEqualTo("a");
            assertThat(proxy.count("patch", "configmaps")).isEqualTo(2);
        }
    }

    @Test
    void aCreateWhoseAnswerWasLostIsNotRepeated() {
        try (ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
                ObjectApi faulty = ObjectApi.connect(proxy.config())) {
            // Given
            proxy.when(Calls.to("create", "configmaps")).loseAnswer();

            // When
            ApiError error = failure(faulty.create(CONFIG_MAPS, namespace, configMap("web", "a").json()));

            // Then
            assertThat(error.reason()).isEqualTo(ApiError.BROKEN);
            assertThat(proxy.count("create", "configmaps")).isEqualTo(1);
        }
    }

    private Manifest configMap(String name, String value) {
        ObjectNode json = Manifest.skeleton("v1", "ConfigMap", new NamespacedName(namespace, name));
        json.putObject("data").put("key", value);
        return Manifest.of(json);
    }

    private Manifest deployment(String app) {
        ObjectNode json = Manifest.skeleton("apps/v1", "Deployment", new NamespacedName(namespace, "web"));
        ObjectNode spec = json.putObject("spec").put("replicas", 0);
        spec.putObject("selector").putObject("matchLabels").put("app", app);
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", app);
        template.putObject("spec").putArray("containers").addObject().put("name", "web").put("image", "web:1");
        return Manifest.of(json);
    }

    private static DeleteOptions exactly(ObjectNode seen) {
        return DeleteOptions
                .onlyIf(seen.at("/metadata/uid").asText(), seen.at("/metadata/resourceVersion").asText());
    }

    private static <T> T await(CompletionStage<T> stage) {
        return Stages.await(stage);
    }

    private static ApiError failure(CompletionStage<?> stage) {
        return Stages.failure(stage);
    }
}
