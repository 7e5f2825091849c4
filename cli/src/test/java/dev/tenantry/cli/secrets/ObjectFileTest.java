package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.kubernetes.Manifest;

class ObjectFileTest {

    @Test
    void documentsAndListsAreTakenApart() throws IOException {
        ObjectFile file = ObjectFile.parse("file", """
                ---
                # nothing
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Secret
                  metadata: {name: b}
                """);

        assertThat(file.objects()).extracting(Manifest::name).containsExactly("a", "b");
    }

    @Test
    void jsonMayHoldObjectsOneAfterTheOther() throws IOException {
        String object = """
                {
                \t"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}
                }
                """;

        assertThat(ObjectFile.parse("file", object + object).objects()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "canary: [", "{\"canary\": canary}", "- canary", "a: canary\na: canary",
            "stringData:\n  password: canary", "a: &a canary\nb: *a\n", "kind: Secret\nstringData: {a: canary",
            "{\"stringData\": {\"a\": \"canary\", \"a\": \"canary\"}}", "a: !!binary canary", "a: \"canary\\q\""})
    void whatIsWrongIsToldWithoutAWordOfTheContent(String text) {
        assertThatThrownBy(() -> ObjectFile.parse("file", text)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("file")
                .hasMessageNotContaining("canary");
    }

    @Test
    void anAliasIsRefusedRatherThanTakenForText() {
        assertThatThrownBy(() -> ObjectFile.parse("file", "a: &a b\nb: *a\n"))
                .hasMessageStartingWith("file:2: has an alias");
    }

    @Test
    void anEmptyFileIsNamed() {
        assertThatThrownBy(() -> ObjectFile.parse("file", "\n---\n"))
                .hasMessage("file holds no object: give one in YAML or JSON");
    }
}
