package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.reconciler.apply.ObjectWriter.Written;

class TakeoverIT {

    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");

    private final Team team = new Team();
    private final LiveObjects live = new LiveObjects(team.api, (owner, ref, now) -> {});
    private final AccountObjects objects = new AccountObjects(team.account, team.api, new Discovery(team.api), live);

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aFieldThatKubectlAddedIsTakenBackAndOthersKeepTheirs() {
        // Given
        Manifest object = team.configMap("web", "1");
        Written before = (Written) answer(objects.create(object));
        edit("kubectl-edit", "added");
        edit("autoscaler", "theirs");
        String drifted = LiveObjects.describe(read()).managed();

        // When
        Written after = (Written) answer(objects.apply(object));

        // Then
        assertThat(drifted).isNotEqualTo(before.managed());
        assertThat(after.managed()).isEqualTo(before.managed());
        assertThat(data()).containsOnlyKeys("value", "theirs");
        assertThat(read().managedFields()).extracting(ManagedFields::manager)
                .containsExactlyInAnyOrder("kustomize-controller", "autoscaler");
    }

    @Test
    void whatKubectlAppliedBecomesOurs() {
        // Given
        Manifest theirs = team.configMap("web", "1")
                .withAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}"))
                .with(json -> {
                    json.withObjectProperty("data").put("left-git", "long ago");
                    return json;
                });
        answer(team.api.apply(CONFIG_MAPS, theirs, ApplyOptions.as("kubectl")));

        // When
        answer(objects.apply(team.configMap("web", "1")));

        // Then
        assertThat(data()).containsOnlyKeys("value");
        assertThat(read().annotations()).isEmpty();
        assertThat(read().managedFields()).extracting(ManagedFields::manager).containsExactly("kustomize-controller");
    }

    @Test
    void anObjectMarkedMergeKeepsWhatKubectlAdded() {
        // Given
        Manifest object = team.configMap("web", "1")
                .withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/ssa", "Merge"));
        Written before = (Written) answer(objects.create(object));
        edit("kubectl-edit", "added");

        // When
        Written after = (Written) answer(objects.apply(object));

        // Then
        assertThat(after.managed()).isEqualTo(before.managed());
        assertThat(data()).containsOnlyKeys("value", "added");
    }

    private void edit(String manager, String key) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("data").put(key, "2");
        answer(team.api.patch(CONFIG_MAPS.at(team.namespace, "web"), Patch.merge(fields).by(manager)));
    }

    private ObjectMetadata read() {
        return ObjectMetadata.of(answer(team.api.get(CONFIG_MAPS.at(team.namespace, "web"))).orElseThrow());
    }

    private Map<String, String> data() {
        return team.client.configMaps().inNamespace(team.namespace).withName("web").get().getData();
    }
}
