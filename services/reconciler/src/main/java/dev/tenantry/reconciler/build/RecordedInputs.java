package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Remember every answer that a build got from its source.
 *
 * <p>A build is a function of these answers, the request and the worker's version: where all are the same, so is the
 * result, and nothing needs to be built. Answers are as narrow as the questions: a file's content, the names and types
 * in a folder, what a path leads to.
 */
public final class RecordedInputs {

    private static final RecordedInputs UNKNOWN = new RecordedInputs(List.of(), false);

    private final List<RecordedAnswer> answers;
    private final boolean known;

    private RecordedInputs(List<RecordedAnswer> answers, boolean known) {
        this.answers = answers;
        this.known = known;
    }

    /** Hold these answers, in the order in which they were asked for. */
    public static RecordedInputs of(Collection<RecordedAnswer> answers) {
        return new RecordedInputs(List.copyOf(answers), true);
    }

    /** Stand for inputs that are not all known, as after a time-out; they are never the same. */
    public static RecordedInputs unknown() {
        return UNKNOWN;
    }

    /**
     * Read what {@link #lines()} wrote.
     *
     * @throws IllegalArgumentException when a line is of no known form
     */
    public static RecordedInputs parse(List<String> lines) {
        List<RecordedAnswer> answers = new ArrayList<>(lines.size());
        for (String line : lines) {
            answers.add(RecordedAnswer.parse(line));
        }
        return new RecordedInputs(List.copyOf(answers), true);
    }

    /** Say whether all inputs are known; if not, they must not be stored. */
    public boolean isKnown() {
        return known;
    }

    public List<RecordedAnswer> answers() {
        return answers;
    }

    /** Print one line for each answer, for storage; inputs that are not known have none. */
    public List<String> lines() {
        return answers.stream().map(RecordedAnswer::line).toList();
    }

    /** Ask a tree the same questions until an answer differs; true when none does. */
    public boolean sameIn(SourceTree tree) throws IOException {
        if (!known) {
            return false;
        }
        for (RecordedAnswer answer : answers) {
            if (!answer.sameIn(tree)) {
                return false;
            }
        }
        return true;
    }

    /**
     * As {@link #sameIn(SourceTree)}, for answers that are known to be right at an earlier revision: only what has changed
     * since then is asked again.
     */
    public boolean sameIn(SourceTree tree, String earlier) throws IOException {
        Optional<Set<String>> changed = tree.changedSince(earlier);
        if (!known || changed.isEmpty()) {
            return sameIn(tree);
        }
        for (RecordedAnswer answer : answers) {
            if (changed.get().contains(answer.path()) && !answer.sameIn(tree)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedInputs inputs && known == inputs.known && answers.equals(inputs.answers);
    }

    @Override
    public int hashCode() {
        return answers.hashCode();
    }

    @Override
    public String toString() {
        return known ? "RecordedInputs[" + answers.size() + "]" : "RecordedInputs[unknown]";
    }
}
