package dev.tenantry.reconciler.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tenantry.reconciler.build.RecordedAnswer.Content;
import dev.tenantry.reconciler.build.RecordedAnswer.Listing;
import dev.tenantry.reconciler.build.RecordedAnswer.PathType;
import dev.tenantry.reconciler.build.RecordedAnswer.Type;
import dev.tenantry.workers.Frame;

class RecordedInputsTest {

    private static final MemoryTree TREE = MemoryTree.of("apps/a.yaml", "a", "apps/b.yaml", "b", "other/c.yaml", "c");

    @Test
    void aFileIsTheSameWhileItsContentIs() throws IOException {
        RecordedInputs inputs = answersTo(Question.READ, "apps/a.yaml");

        assertThat(inputs.answers()).singleElement().isInstanceOf(Content.class);
        assertThat(inputs.sameIn(TREE.with("apps/new.yaml", "").with("apps/b.yaml", "changed"))).isTrue();
        assertThat(inputs.sameIn(TREE.with("apps/a.yaml", "changed"))).isFalse();
        assertThat(inputs.sameIn(TREE.without("apps/a.yaml"))).isFalse();
        assertThat(inputs.sameIn(TREE.without("apps/a.yaml").with("apps/a.yaml/inside", ""))).isFalse();
    }

    @Test
    void aListingIsTheSameWhileItsNamesAndTypesAre() throws IOException {
        RecordedInputs inputs = answersTo(Question.LIST, "apps");

        assertThat(inputs.answers()).singleElement().isInstanceOf(Listing.class);
        assertThat(inputs.sameIn(TREE.with("apps/a.yaml", "changed").with("new/d.yaml", ""))).isTrue();
        assertThat(inputs.sameIn(TREE.with("apps/new.yaml", ""))).isFalse();
        assertThat(inputs.sameIn(TREE.without("apps/b.yaml"))).isFalse();
        assertThat(inputs.sameIn(TREE.without("apps/b.yaml").with("apps/b.yaml/inside", ""))).isFalse();
    }

    @Test
    void whatAPathLeadsToIsTheSameWhileItsTypeIs() throws IOException {
        RecordedInputs file = answersTo(Question.STAT, "apps/a.yaml");
        RecordedInputs folder = answersTo(Question.STAT, "apps");
        RecordedInputs absent = answersTo(Question.READ, "apps/kustomization.yaml");

        assertThat(file.answers()).containsExactly(new Type("apps/a.yaml", PathType.FILE));
        assertThat(folder.answers()).containsExactly(new Type("apps", PathType.FOLDER));
        assertThat(absent.answers()).containsExactly(new Type("apps/kustomization.yaml", PathType.ABSENT));
        assertThat(file.sameIn(TREE.with("apps/a.yaml", "changed"))).isTrue();
        assertThat(file.sameIn(TREE.without("apps/a.yaml"))).isFalse();
        assertThat(folder.sameIn(TREE.with("apps/new.yaml", ""))).isTrue();
        assertThat(absent.sameIn(TREE.with("apps/kustomization.yaml", ""))).isFalse();
    }

    @Test
    void anAnswerThatAnotherImpliesIsLeftOut() {
        Answers answers = new Answers(TREE, BuildLimits.standard());
        answers.answer(Frame.of(Question.STAT, "apps/a.yaml"));
        answers.answer(Frame.of(Question.READ, "apps/a.yaml"));
        answers.answer(Frame.of(Question.STAT, "apps"));

        assertThat(answers.recorded().answers()).extracting(RecordedAnswer::path)
                .containsExactly("apps", "apps/a.yaml");
    }

    @Test
    void comparisonEndsAtTheFirstDifference() throws IOException {
        RecordedInputs inputs = RecordedInputs
                .of(List.of(new Type("gone", PathType.FILE), new Type("apps/a.yaml", PathType.FILE)));
        var watched = new WatchedTree(Set.of());

        assertThat(inputs.sameIn(watched)).isFalse();
        assertThat(watched.asked).containsExactly("gone");
    }

    @Test
    void onlyWhatHasChangedIsAskedAgain() throws IOException {
        RecordedInputs inputs = RecordedInputs
                .of(List.of(new Type("gone", PathType.FILE), new Type("apps/a.yaml", PathType.FILE)));
        var changed = new WatchedTree(Set.of("apps/a.yaml"));

        assertThat(inputs.sameIn(changed, WatchedTree.EARLIER)).isTrue();
        assertThat(changed.asked).containsExactly("apps/a.yaml");
        assertThat(inputs.sameIn(changed, "another revision")).isFalse();
        assertThat(inputs.sameIn(new WatchedTree(Set.of("gone")), WatchedTree.EARLIER)).isFalse();
        assertThat(RecordedInputs.unknown().sameIn(changed, WatchedTree.EARLIER)).isFalse();
    }

    @Test
    void linesAreReadAsTheyWereWritten() {
        RecordedInputs inputs = RecordedInputs.of(List.of(
                new Content("apps/with space.yaml", "ce013625030ba8dba906f756967f9e9ca394464a", 0100755),
                Listing.of("", TREE.list("")),
                new Type("apps/missing", PathType.ABSENT)));

        List<String> lines = inputs.lines();

        assertThat(lines.get(0))
                .isEqualTo("content ce013625030ba8dba906f756967f9e9ca394464a 100755 apps/with space.yaml");
        assertThat(lines.get(2)).isEqualTo("type absent apps/missing");
        assertThat(RecordedInputs.parse(lines)).isEqualTo(inputs);
    }

    @Test
    void aLineOfNoKnownFormIsRefused() {
        for (String line : List.of("", "content abc path", "type device path", "future 1 path")) {
            assertThatThrownBy(() -> RecordedInputs.parse(List.of(line))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unknownInputsAreNeverTheSame() throws IOException {
        assertThat(RecordedInputs.unknown().sameIn(TREE)).isFalse();
        assertThat(RecordedInputs.unknown().isKnown()).isFalse();
        assertThat(RecordedInputs.unknown()).isNotEqualTo(RecordedInputs.of(List.of()));
    }

    private static RecordedInputs answersTo(byte question, String path) throws IOException {
        Answers answers = new Answers(TREE, BuildLimits.standard());
        answers.answer(Frame.of(question, path));
        RecordedInputs recorded = answers.recorded();
        assertThat(recorded.sameIn(TREE)).isTrue();
        return recorded;
    }

    /** Knows what it was asked, and what has changed since an earlier revision. */
    private static final class WatchedTree extends DelegatingTree {

        static final String EARLIER = "main@sha1:1";

        final List<String> asked = new ArrayList<>();
        private final Set<String> changed;

        WatchedTree(Set<String> changed) {
            super(TREE);
            this.changed = changed;
        }

        @Override
        public Optional<Entry> entry(String path) throws IOException {
            asked.add(path);
            return super.entry(path);
        }

        @Override
        public Optional<Set<String>> changedSince(String revision) {
            return revision.equals(EARLIER) ? Optional.of(changed) : Optional.empty();
        }
    }
}
