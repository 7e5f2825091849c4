package dev.tenantry.reconciler.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.reconciler.source.Masker;

class FieldComparisonTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final FieldComparison comparison = new FieldComparison(new Masker(Set.of("hunter2", "42")));

    @Test
    void pathsAreJsonPointers() {
        // Given
        Manifest before = configMap("data: {a/b: one, c~d: one}");
        Manifest after = configMap("data: {a/b: two, c~d: two}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).extracting(FieldChange::path).containsExactly("/data/a~1b", "/data/c~0d");
    }

    @Test
    void aFieldThatComesOrGoesHasOneSideOnly() {
        // Given
        Manifest before = configMap("data: {goes: x}");
        Manifest after = configMap("data: {comes: {deeply: [1]}}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).extracting(FieldChange::path, change -> text(change.before()), change -> text(
                change.after()))
                .containsExactly(tuple("/data/goes", "\"x\"", null), tuple("/data/comes", null, "{\"deeply\":[1]}"));
    }

    @Test
    void anElementThatCameInBetweenIsToldAlone() {
        // Given
        Manifest before = configMap("spec: {list: [{name: a}, {name: c}]}");
        Manifest after = configMap("spec: {list: [{name: a}, {name: b}, {name: c}]}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).extracting(FieldChange::path, change -> text(change.after()))
                .containsExactly(tuple("/spec/list/1", "{\"name\":\"b\"}"));
    }

    @Test
    void anElementThatChangedIsToldByItsFields() {
        // Given
        Manifest before = configMap("spec: {list: [{name: a, image: 'x:1'}, {name: b}]}");
        Manifest after = configMap("spec: {list: [{name: a, image: 'x:2'}, {name: b}]}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).extracting(FieldChange::path).containsExactly("/spec/list/0/image");
    }

    @Test
    void whatTheApiServerKeepsForItselfIsLeftOut() {
        // Given
        Manifest before = Manifest.of(yaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, resourceVersion: "1", generation: 1, uid: x, managedFields: [{manager: m}]}
                status: {phase: old}
                """));
        Manifest after = Manifest.of(yaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, resourceVersion: "2", generation: 2, uid: y, creationTimestamp: now}
                status: {phase: new}
                """));

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).isEmpty();
    }

    @Test
    void aSecretsValuesAreMaskedAndSaidToDiffer() {
        // Given
        Manifest before = secret("data: {password: b25l, user: bWU=}");
        Manifest after = secret("data: {password: dHdv, user: bWU=, token: dGhyZWU=}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes)
                .extracting(FieldChange::path, change -> text(change.before()), change -> text(change.after()),
                        FieldChange::masked)
                .containsExactly(tuple("/data/password", "\"*****\"", "\"*****\"", true),
                        tuple("/data/token", null, "\"*****\"", true));
    }

    @Test
    void aNewSecretShowsItsKeysOnly() {
        // Given
        Manifest secret = secret("stringData: {password: one}\nimmutable: true");

        // When
        List<FieldChange> changes = comparison.created(secret);

        // Then
        assertThat(changes).filteredOn(change -> change.path().equals("/stringData"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(text(change.after())).isEqualTo("{\"password\":\"*****\"}");
                    assertThat(change.masked()).isTrue();
                });
        assertThat(changes).filteredOn(change -> change.path().equals("/immutable"))
                .singleElement()
                .extracting(change -> text(change.after()))
                .isEqualTo("true");
    }

    @Test
    void aCopyOfASecretInItsAnnotationIsMaskedToo() {
        // Given
        Manifest before = secret("data: {}");
        Manifest after = before
                .withAnnotations(java.util.Map.of("kubectl.kubernetes.io/last-applied-configuration", "{all of it}"));

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).singleElement()
                .extracting(change -> text(change.after()))
                .asString()
                .doesNotContain("all of it");
    }

    @Test
    void aSecretInsideAValueIsCutOutOfIt() {
        // Given
        Manifest before = configMap("data: {url: 'http://me:hunter2@a'}");
        Manifest after = configMap("data: {url: 'http://me:hunter2@b'}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(text(change.before())).isEqualTo("\"http://me:*****@a\"");
            assertThat(text(change.after())).isEqualTo("\"http://me:*****@b\"");
            assertThat(change.masked()).isTrue();
        });
    }

    @Test
    void whatASecretWasBeforeItChangedIsMaskedAsWell() {
        // Given
        Manifest before = configMap("data: {url: 'http://me:former@a'}");
        Manifest after = configMap("data: {url: 'http://me:hunter2@a'}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).singleElement()
                .extracting(change -> text(change.before()))
                .isEqualTo("\"*****\"");
    }

    @Test
    void aShortSecretIsMaskedWhereItIsTheWholeValueThoughItBecameANumber() {
        // Given
        Manifest before = configMap("spec: {port: 8080, name: port-42}");
        Manifest after = configMap("spec: {port: 42, name: port-421}");

        // When
        List<FieldChange> changes = comparison.compare(before, after);

        // Then
        assertThat(changes).extracting(FieldChange::path, change -> text(change.after()))
                .containsExactly(tuple("/spec/port", "\"*****\""), tuple("/spec/name", "\"port-421\""));
    }

    private static Manifest configMap(String content) {
        return object("ConfigMap", content);
    }

    private static Manifest secret(String content) {
        return object("Secret", content);
    }

    private static Manifest object(String kind, String content) {
        return Manifest.of(yaml("apiVersion: v1\nkind: " + kind + "\nmetadata: {name: a}\n" + content));
    }

    private static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.toString();
    }
}
