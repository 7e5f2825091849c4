package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;

class FormatTest {

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(Format format) throws IOException {
        List<Manifest> objects = List.of(object("a", "text"), object("b", "{{ .user }}\n  indented\n\n"));

        ObjectFile read = ObjectFile.parse("file", format.write(objects));

        assertThat(read.objects()).isEqualTo(objects);
        assertThat(read.format()).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "yes", "On", "n", "null", "~", "1", "0x1f", "1e3", "1_000", "12:30:00", ".5",
            "2026-01-01", "=", "<<", "- a", "a: b", "a #b", "# a", "*a", "&a", "!a", " a", "a ", "\ta", "a\n", "\n",
            " \n a",
            "a\r\nb", "a\u0000b", "ü€", "'", "\"", "%a", "@a", "`", "[", "AgB/+=="})
    void noTextIsTakenForSomethingElse(String text) {
        ObjectNode json = object("a", text).json();
        json.putObject("data").put(text.isEmpty() ? "empty" : text, "x");

        Object read = new Yaml().load(Format.YAML.write(json));

        assertThat(read).extracting("text").isEqualTo(text);
        assertThat(read).extracting("data")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys(text.isEmpty() ? "empty" : text);
    }

    @Test
    void whatNeedsNoQuotesHasNone() {
        assertThat(Format.YAML.write(List.of(object("web", "AgBx/+==")))).isEqualTo("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: web
                text: AgBx/+==
                """);
    }

    private static Manifest object(String name, String text) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", new NamespacedName("", name));
        json.put("text", text);
        return Manifest.of(json);
    }
}
