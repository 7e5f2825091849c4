package dev.tenantry.reconciler.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tenantry.workers.Frame;

class AnswersTest {

    private static final MemoryTree TREE = MemoryTree.of("a", "12345", "b", "12345", "c", "12345");

    @Test
    void aLargeFileIsRefusedUnread() {
        SourceTree unread = new DelegatingTree(TREE) {

            @Override
            public byte[] read(String path) {
                throw new AssertionError(path + " was read");
            }
        };

        Frame answer = new Answers(unread, new BuildLimits(10, 4, 100, 1, Duration.ofSeconds(1)))
                .answer(Frame.of(Question.READ, "a"));

        assertThat(answer.type()).isEqualTo(Question.REFUSED);
        assertThat(answer.text()).startsWith("a has ").contains("that a file in a build may have");
    }

    @Test
    void tooManyFilesAreRefused() {
        Answers answers = answers(2, 100, 100);

        assertThat(answers.answer(Frame.of(Question.READ, "a")).type()).isEqualTo(Question.CONTENT);
        assertThat(answers.answer(Frame.of(Question.READ, "b")).type()).isEqualTo(Question.CONTENT);
        assertThat(answers.answer(Frame.of(Question.READ, "c")).text()).contains("more than 2 files");
    }

    @Test
    void tooManyBytesTogetherAreRefused() {
        Answers answers = answers(10, 5, 9);

        assertThat(answers.answer(Frame.of(Question.READ, "a")).type()).isEqualTo(Question.CONTENT);
        assertThat(answers.answer(Frame.of(Question.READ, "b")).text()).contains("split it into several");
    }

    @Test
    void anUnreadableSourceRefusesAndKeepsItsError() {
        IOException gone = new IOException("disk gone");
        Answers answers = new Answers(new SourceTree() {

            @Override
            public Optional<Entry> entry(String path) throws IOException {
                throw gone;
            }

            @Override
            public List<Entry> list(String folder) throws IOException {
                throw gone;
            }

            @Override
            public long size(String path) throws IOException {
                throw gone;
            }

            @Override
            public byte[] read(String path) throws IOException {
                throw gone;
            }
        }, BuildLimits.standard());

        assertThat(answers.answer(Frame.of(Question.STAT, "a")).type()).isEqualTo(Question.REFUSED);
        assertThat(answers.failure()).containsSame(gone);
    }

    private static Answers answers(int files, long fileBytes, long totalBytes) {
        return new Answers(TREE, new BuildLimits(files, fileBytes, totalBytes, 1, Duration.ofSeconds(1)));
    }
}
