package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRulesTest {

    @TempDir
    private Path root;

    @Test
    void defaultsHoldWhereNobodySaysAnything() throws IOException {
        file("apps/a.yaml", "");

        assertThat(leavesOut("apps/a.yaml")).isFalse();
        assertThat(leavesOut(".github/workflows/test.yaml")).isTrue();
        assertThat(leavesOut("docs/picture.png")).isTrue();
        assertThat(leavesOut(".git/config")).isTrue();
    }

    @Test
    void aSourceignoreFileReplacesTheDefaults() throws IOException {
        file("apps/.sourceignore", "*.txt\n");

        assertThat(leavesOut("apps/notes.txt")).isTrue();
        assertThat(leavesOut("notes.txt")).isFalse();
        assertThat(leavesOut("docs/picture.png")).isFalse();
        assertThat(leavesOut(".git/config")).isTrue();
    }

    @Test
    void whatIsIncludedAgainIsThere() throws IOException {
        file(".sourceignore", "/*\n!/deploy/\n");
        file("deploy/a.yaml", "");

        assertThat(leavesOut("src/main.go")).isTrue();
        assertThat(leavesOut("deploy/a.yaml")).isFalse();
        assertThat(leavesOut("README.md")).isTrue();
    }

    @Test
    void rulesOfTheSpecComeLast() throws IOException {
        file(".sourceignore", "*.txt\n");
        FolderRules rules = new FolderRules(root, IgnoreRules.of("!kept.txt\n"));

        assertThat(rules.leavesOut("other.txt", false)).isTrue();
        assertThat(rules.leavesOut("kept.txt", false)).isFalse();
    }

    private boolean leavesOut(String path) throws IOException {
        return new FolderRules(root, IgnoreRules.notGiven()).leavesOut(path, false);
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
