package dev.tenantry.secretsservice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.kubernetes.Manifest;

class PostedObjectTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"apiVersion\": \"bitnami.com/v1alpha1\", \"kind\": \"SealedSecret\", \"metadata\": {\"name\": \"db\"}}",
            "{\n\t\"apiVersion\": \"bitnami.com\\/v1alpha1\",\n\t\"kind\": \"SealedSecret\",\n"
                    + "\t\"metadata\": {\"name\": \"db\"}\n}\n",
            "---\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: db\n",
            "# a comment\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db}\n"})
    void jsonAndYamlAreRead(String body) {
        // When
        Manifest object = read(body);

        // Then
        assertThat(object.apiVersion()).isEqualTo("bitnami.com/v1alpha1");
        assertThat(object.name()).isEqualTo("db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "[canary]", "42", "---\n", "null"})
    void whatIsNoObjectIsRefusedWithoutAWordOfIt(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no object")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": canary", "{\"a\": \"canary\"", "a: [canary", "a: b: canary", "\tcanary: 1"})
    void whatIsNeitherJsonNorYamlIsRefusedWithoutAWordOfIt(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither JSON nor YAML")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void severalDocumentsAreRefused() {
        assertThatThrownBy(() -> read("a: 1\n---\nb: 2\n")).hasMessageContaining("several documents");
        assertThatThrownBy(() -> read("{\"a\": 1}\n{\"b\": 2}")).hasMessageContaining("several documents");
    }

    @Test
    void whatIsNestedWithoutEndIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Manifest read(String body) {
        return PostedObject.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
