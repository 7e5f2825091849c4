package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.reconciler.apply.ObjectWriter;
import dev.tenantry.reconciler.prune.ObjectRemover;

class AccountObjectsIT {

    private final Team team = new Team();
    private final LiveObjects live = new LiveObjects(team.api, (owner, ref, now) -> {});
    private final AccountObjects objects = new AccountObjects(team.account, team.api, new Discovery(team.api), live);
    private final AccountRemover remover = objects.remover();

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void whatIsLeftOfAKindThatIsServedNoMoreIsAbsent() {
        // Given
        team.defineWidgets("Namespaced");
        var widget = team.widget(team.namespace, "w");
        assertThat(answer(objects.create(widget))).isInstanceOf(ObjectWriter.Written.class);
        team.undefineWidgets();

        // When
        var found = answer(remover.find(widget.ref(), "v1"));

        // Then
        assertThat(found).isEqualTo(new ObjectRemover.Absent());
    }

    @Test
    void whatIsCreatedOnlyWhereItIsMissingIsLeftAloneWhereItExistsThoughItCannotBeRead() {
        // Given
        team.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: theirs, namespace: %s}
                data: {value: theirs}
                """.formatted(team.namespace));
        var writeOnly = new AccountObjects(team.account("writer", "configmaps", "create", "patch"), team.api,
                new Discovery(team.api), live);

        // When
        var occupied = answer(objects.create(team.configMap("theirs", "ours")));
        var made = answer(writeOnly.create(team.configMap("new", "ours")));
        var unread = answer(writeOnly.create(team.configMap("theirs", "ours")));

        // Then
        assertThat(occupied).isInstanceOf(ObjectWriter.Existing.class);
        assertThat(made).isInstanceOfSatisfying(ObjectWriter.Written.class,
                written -> assertThat(written.created()).isTrue());
        assertThat(unread).isInstanceOfSatisfying(ObjectWriter.NotWritten.class,
                refused -> assertThat(refused.message()).contains("writer may not"));
        assertThat(team.client.configMaps().inNamespace(team.namespace).withName("theirs").get().getData())
                .containsEntry("value", "theirs");
    }

    @Test
    void anObjectOfAKindThatIsServedNoMoreWaitsForItsDefinition() {
        // Given
        team.defineWidgets("Namespaced");
        var widget = team.widget(team.namespace, "w");
        answer(objects.apply(widget));
        team.undefineWidgets();

        // When
        var result = answer(objects.apply(widget));

        // Then
        assertThat(result).isInstanceOfSatisfying(ObjectWriter.NotWritten.class, refused -> {
            assertThat(refused.message()).contains("no matches for kind \"Widget\"");
            assertThat(refused.transitory()).isTrue();
        });
    }

    @Test
    void anObjectWithoutTheNamespaceThatItsKindNeedsIsRefusedAndNeverThere() {
        // Given
        team.defineWidgets("Namespaced");
        var nowhere = team.widget("", "w");

        // When
        var created = answer(objects.create(nowhere));
        var applied = answer(objects.apply(nowhere));
        var found = answer(remover.find(nowhere.ref(), "v1"));

        // Then
        assertThat(created).isInstanceOfSatisfying(ObjectWriter.NotWritten.class, refused -> {
            assertThat(refused.message()).contains("has no namespace");
            assertThat(refused.transitory()).isFalse();
        });
        assertThat(applied).isEqualTo(created);
        assertThat(found).isEqualTo(new ObjectRemover.Absent());
    }

    @Test
    void anImmutableFieldReplacesAnObjectThatAllowsIt() {
        // Given
        var before = (ObjectWriter.Written) answer(objects.create(immutable("forced", "1")));
        answer(objects.create(immutable("other", "1")));
        var allowed = immutable("forced", "2")
                .withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/force", "enabled"));

        // When
        var replaced = answer(objects.apply(allowed));
        var refused = answer(objects.apply(immutable("other", "2")));

        // Then
        assertThat(replaced).isInstanceOfSatisfying(ObjectWriter.Written.class, written -> {
            assertThat(written.created()).isTrue();
            assertThat(written.live().at("data", "value").asText()).isEqualTo("2");
            assertThat(written.live().at("metadata", "uid")).isNotEqualTo(before.live().at("metadata", "uid"));
        });
        assertThat(refused).isInstanceOfSatisfying(ObjectWriter.NotWritten.class,
                notWritten -> assertThat(notWritten.message()).contains("immutable"));
    }

    private Manifest immutable(String name, String value) {
        return team.configMap(name, value).with(json -> json.put("immutable", true));
    }
}
