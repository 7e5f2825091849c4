package dev.tenantry.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLineTest {

    @TempDir
    private Path temp;

    @Test
    void eachLineIsOneBuildAndEmptyLinesAreSkipped() throws IOException {
        Path file = file("""
                {"id": "team/app", "root": "/src", "path": "./app", "ks": {"spec": {}}}

                {"id": "other", "root": "/src", "path": "", "ks": {"spec": {}}}
                """);

        assertThat(BatchLine.read(file)).extracting(BatchLine::id).containsExactly("team/app", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../b", "/absolute", "a//b", "", ".", "a/"})
    void anIdThatLeadsElsewhereIsRefused(String id) throws IOException {
        Path file = file("{\"id\": \"" + id + "\", \"root\": \"/src\", \"path\": \"\", \"ks\": {}}\n");

        assertThatThrownBy(() -> BatchLine.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining(file + ":1: id '" + id + "'");
    }

    @Test
    void anIdThatComesTwiceIsRefused() throws IOException {
        String line = "{\"id\": \"a\", \"root\": \"/src\", \"path\": \"\", \"ks\": {}}\n";
        Path file = file(line + line);

        assertThatThrownBy(() -> BatchLine.read(file)).hasMessage(file + ":2: id 'a' comes twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"id\": 1}",
            "{\"id\": \"a\", \"root\": \"/\", \"path\": \"\", \"ks\": \"x\"}"})
    void aMalformedLineIsNamed(String line) throws IOException {
        Path file = file("\n" + line + "\n");

        assertThatThrownBy(() -> BatchLine.read(file)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":2: ");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("batch.jsonl"), text);
    }
}
