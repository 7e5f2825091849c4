package dev.tenantry.reconciler.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.Inventory;

class TargetReaderTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{interval: 9999999h}                      | spec.interval: '9999999h' is longer than 292 years",
            "{retryInterval: 9999999h}                 | spec.retryInterval: '9999999h' is longer than 292 years",
            "{timeout: 9999999h}                       | spec.timeout: '9999999h' is longer than 292 years",
            "{sourceRef: {kind: Bucket, name: ''}}     | spec.sourceRef: the name of the source is empty",
            "{dependsOn: [{name: one}, {name: ''}]}    | spec.dependsOn: the name of a dependency is empty"})
    void aFieldThatCannotBeReadIsNamedAndHidesNoOther(String fields, String unreadable) {
        // When
        Target target = read(fields, "{}");

        // Then
        assertThat(target.unreadable()).containsExactly(unreadable);
        assertThat(target.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).endsWith(unreadable));
        assertThat(target.spec().prune()).isTrue();
        assertThat(target.spec().path()).isEqualTo("./apps");
    }

    @Test
    void allFieldsThatCannotBeReadAreNamed() {
        // When
        Target target = read("{interval: 9999999h, sourceRef: {kind: Bucket, name: ''}}", "{}");

        // Then
        assertThat(target.unreadable()).hasSize(2);
        assertThat(target.source().namespace()).isEqualTo("team");
        assertThat(target.spec().effectiveTimeout()).isPositive();
    }

    @Test
    void anInventoryWithAnIdOfNoObjectIsAFlawAndKeepsTheId() {
        // When
        Target target = read("{}", "{inventory: {entries: [{id: nonsense, v: v1}, {id: team_a__ConfigMap, v: v1}]}}");

        // Then
        assertThat(target.flaw()).hasValueSatisfying(
                flaw -> assertThat(flaw).contains("status.inventory", "'nonsense'", "--subresource=status"));
        Inventory inventory = Inventory.of(target.status());
        assertThat(inventory.contains(new ObjectRef("", "ConfigMap", "team", "a"))).isTrue();
        assertThat(inventory.unreadable()).extracting(entry -> entry.id()).containsExactly("nonsense");
    }

    @Test
    void aStatusThatCannotBeReadIsAsIfNobodyHadWrittenIt() {
        // When
        Target target = read("{}", "{history: [{lastReconciledDuration: nonsense}], observedGeneration: 3, "
                + "conditions: [{type: Ready, status: Maybe}], inventory: {entries: [{id: team_a__ConfigMap, v: v1}]}}");

        // Then
        assertThat(target.flaw()).isEmpty();
        assertThat(target.status().history()).isEmpty();
        assertThat(target.conditions().find(ConditionType.READY)).isEmpty();
        assertThat(target.status().observedGeneration()).isEqualTo(3);
        assertThat(Inventory.of(target.status()).entries()).hasSize(1);
    }

    private static Target read(String fields, String status) {
        ObjectNode object = (ObjectNode) yaml("""
                metadata: {namespace: team, name: apps, uid: uid, resourceVersion: "1", generation: 3}
                spec:
                  sourceRef: {kind: GitRepository, name: apps}
                  interval: 10m
                  prune: true
                  path: ./apps
                """);
        ((ObjectNode) object.get("spec")).setAll((ObjectNode) yaml(fields));
        object.set("status", yaml(status));
        return TargetReader.read(object);
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
