package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.git.IgnorePattern.Verdict;

class IgnorePatternTest {

    private static Verdict match(String pattern, String path) {
        boolean folder = path.endsWith("/");
        String plain = folder ? path.substring(0, path.length() - 1) : path;
        return IgnorePattern.parse(pattern, List.of()).match(List.of(plain.split("/")), folder);
    }

    @ParameterizedTest
    @CsvSource({
            // A name matches at any depth, and all that is below it.
            "*.md, a/b/c.md", "target, a/target/x/y", "target/, a/target/x", "target/, a/target/",
            // A slash ties the pattern to its folder.
            "/build, build", "/build, build/x", "docs/*.md, docs/a.md", "a/*/c, a/b/c/d",
            // Two asterisks match any depth, none included.
            "**/logs, a/b/logs", "**/logs, logs", "a/**/z, a/z", "a/**/z, a/b/c/z", "a/**, a/b/c", "a/**, a",
            // One character, classes and escapes.
            "v?.yaml, v1.yaml", "[a-c].txt, b.txt", "[^a-c].txt, d.txt", "[a-cx].txt, x.txt",
            "\\!important, !important",
            "\\*, *", "'name\\ ', 'name '", "'trailing   ', trailing"})
    void matches(String pattern, String path) {
        assertThat(match(pattern, path)).isEqualTo(Verdict.EXCLUDE);
    }

    @ParameterizedTest
    @CsvSource({"*.md, a/b/c.mdx", "target/, a/target", "/build, a/build", "docs/*.md, docs/a/b.md",
            "docs/*.md, x/docs/a.md",
            "a/*/c, a/b/b/c", "a/**/z, b/z", "a/x**y/z, a/x1y/z", "v?.yaml, v.yaml", "[a-c].txt, d.txt",
            "[^a-c].txt, b.txt",
            "[a-, a", "[, [", "a\\, a", "*.MD, a.md"})
    void doesNotMatch(String pattern, String path) {
        assertThat(match(pattern, path)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void anExclamationMarkIncludes() {
        assertThat(match("!*.md", "a.md")).isEqualTo(Verdict.INCLUDE);
    }

    @Test
    void aPatternIsAboutItsFolderOnly() {
        // Given
        IgnorePattern pattern = IgnorePattern.parse("/x", List.of("a", "b"));

        // Then
        assertThat(pattern.match(List.of("a", "b", "x"), false)).isEqualTo(Verdict.EXCLUDE);
        assertThat(pattern.match(List.of("a", "x"), false)).isEqualTo(Verdict.NOTHING);
        assertThat(pattern.match(List.of("x"), false)).isEqualTo(Verdict.NOTHING);
        assertThat(pattern.match(List.of("a", "b"), true)).isEqualTo(Verdict.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({"!x, a/b, true", "!/a/b/c, a/b, true", "!/a/b/c, a, true", "!/a/b/c, b, false", "!/a/*/c, a/z, true",
            "!/a/**/c, a/z/y, true", "!/deploy, src/main, false", "/a/b, a, false"})
    void saysWhatItMayIncludeBelow(String pattern, String folder, boolean expected) {
        assertThat(IgnorePattern.parse(pattern, List.of()).mayIncludeBelow(List.of(folder.split("/"))))
                .isEqualTo(expected);
    }

    @Test
    void commentsAndBlankLinesAreNoPatterns() {
        assertThat(IgnorePattern.parseAll("# one\n\n   \nx\r\n!y\n", List.of())).hasSize(2);
    }

    @Test
    void manyAsterisksCostNoExponentialTime() {
        // Given
        String pattern = "*a".repeat(30) + "b";

        // When
        Verdict verdict = match(pattern, "a".repeat(200));

        // Then
        assertThat(verdict).isEqualTo(Verdict.NOTHING);
    }
}
