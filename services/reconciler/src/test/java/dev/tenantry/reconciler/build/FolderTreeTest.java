package dev.tenantry.reconciler.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.reconciler.build.SourceTree.Entry;
import dev.tenantry.reconciler.build.SourceTree.File;
import dev.tenantry.reconciler.build.SourceTree.Folder;

class FolderTreeTest {

    @TempDir
    private Path temp;

    private Path root;

    @BeforeEach
    void aSourceBesideASecret() throws IOException {
        root = Files.createDirectories(temp.resolve("source"));
        Files.createDirectories(root.resolve("apps"));
        Files.writeString(root.resolve("apps/a.yaml"), "hello\n");
        Files.writeString(temp.resolve("secret"), "secret");
    }

    @Test
    void aFileHasTheBlobIdThatGitGivesIt() throws IOException {
        Optional<Entry> entry = new FolderTree(root).entry("apps/a.yaml");

        assertThat(entry).contains(new File("a.yaml", "ce013625030ba8dba906f756967f9e9ca394464a", 0100644));
    }

    @Test
    void anExecutableFileHasItsMode() throws IOException {
        assertThat(root.resolve("apps/a.yaml").toFile().setExecutable(true)).isTrue();

        assertThat(new FolderTree(root).entry("apps/a.yaml"))
                .hasValueSatisfying(entry -> assertThat(((File) entry).mode()).isEqualTo(0100755));
    }

    @Test
    void foldersAreListed() throws IOException {
        FolderTree tree = new FolderTree(root);

        assertThat(tree.entry("")).contains(new Folder(""));
        assertThat(tree.entry("apps")).contains(new Folder("apps"));
        assertThat(tree.list("")).containsExactly(new Folder("apps"));
        assertThat(tree.list("apps")).extracting(Entry::name).containsExactly("a.yaml");
        assertThat(tree.list("apps/a.yaml")).isEmpty();
        assertThat(new String(tree.read("apps/a.yaml"), StandardCharsets.UTF_8)).isEqualTo("hello\n");
    }

    @Test
    void symbolicLinksAreLeftOutWhereverTheyLead() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), temp.resolve("secret"));
        Files.createSymbolicLink(root.resolve("above"), temp);
        Files.createSymbolicLink(root.resolve("in"), root.resolve("apps"));
        FolderTree tree = new FolderTree(root);

        assertThat(tree.list("")).containsExactly(new Folder("apps"));
        for (String path : new String[]{"out", "above", "above/secret", "in", "in/a.yaml"}) {
            assertThat(tree.entry(path)).as(path).isEmpty();
            assertThatThrownBy(() -> tree.read(path)).as(path).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void nothingOutsideOfTheRootIsThere() throws IOException {
        FolderTree tree = new FolderTree(root);

        for (String path : new String[]{"../secret", "apps/../../secret", "/etc/passwd", "apps//a.yaml", "./apps",
                "apps/", "nul\0"}) {
            assertThat(tree.entry(path)).as(path).isEmpty();
            assertThatThrownBy(() -> tree.read(path)).as(path).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aPathBelowAFileLeadsNowhere() throws IOException {
        assertThat(new FolderTree(root).entry("apps/a.yaml/b")).isEmpty();
    }

    @Test
    void aFolderIsLeftOutWithAllBelow() throws IOException {
        FolderTree tree = new FolderTree(root, (path, folder) -> folder && path.equals("apps"));

        assertThat(tree.list("")).isEmpty();
        assertThat(tree.entry("apps/a.yaml")).isEmpty();
    }

    @Test
    void aFileIsNoRoot() {
        assertThatThrownBy(() -> new FolderTree(temp.resolve("secret"))).isInstanceOf(FileSystemException.class)
                .hasMessageEndingWith("is not a folder");
        assertThatThrownBy(() -> new FolderTree(temp.resolve("missing"))).isInstanceOf(FileSystemException.class)
                .hasMessageEndingWith("is not a folder");
    }
}
