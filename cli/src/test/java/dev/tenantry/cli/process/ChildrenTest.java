package dev.tenantry.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandFailure;

@Timeout(30)
class ChildrenTest {

    @TempDir
    private Path logs;
    private Children children;

    @BeforeEach
    void noChildren() throws IOException {
        children = new Children(logs);
    }

    @Test
    void theLastStartedIsGoneBeforeTheFirstIsAskedToGo() throws Exception {
        // Given
        Path journal = logs.resolve("journal");
        for (String name : List.of("store", "server")) {
            started(name, "trap 'sleep 0.2; echo %s >> %s; exit 0' TERM; echo up; while :; do sleep 0.05; done"
                    .formatted(name, journal));
        }

        // When
        children.close();

        // Then
        assertThat(journal).content().isEqualTo("server\nstore\n");
        assertThat(children.failure()).isNotDone();
    }

    @Test
    void anUnexpectedEndIsToldWithItsLastWordsAndLog() throws Exception {
        // When
        children.start(shell("broken", "echo starting; echo no space left; echo '    at some.Code'; exit 3"));

        // Then
        assertThat(children.failure().get(10, TimeUnit.SECONDS))
                .hasMessageContainingAll("broken", "exit 3", "no space left", logs.resolve("broken.log").toString());
        children.close();
    }

    @Test
    void aChildThatIgnoresTheSignalIsKilledWhenPatienceEnds() throws Exception {
        // Given
        Child deaf = started("deaf", "trap '' TERM; echo up; while :; do sleep 0.05; done");

        // When
        children.close();

        // Then
        assertThat(deaf.isAlive()).isFalse();
    }

    @Test
    void aProgramThatIsMissingIsAFailureThatNamesIt() throws Exception {
        // When
        Child missing = children
                .start(new ChildCommand("missing", List.of("/no/such/program"), Map.of(), Duration.ofSeconds(1)));

        // Then
        assertThat(children.failure().get(10, TimeUnit.SECONDS)).hasMessageContainingAll("missing", "/no/such/program");
        assertThat(missing.log()).exists();
    }

    @Test
    void theLogOfTheStartBeforeIsKept() throws Exception {
        // Given
        started("job", "echo up; echo first; sleep 60");
        children.close();

        // When
        children = new Children(logs);
        started("job", "echo up; echo second; sleep 60");
        children.close();

        // Then
        assertThat(logs.resolve("job.log.previous")).content().contains("first");
    }

    @Test
    void aChildThatIsKilledOnPurposeIsNoFailure() throws Exception {
        // Given
        Child lost = started("lost", "echo up; sleep 60");
        Child other = started("other", "echo up; sleep 60");

        // When
        children.kill(lost);

        // Then
        assertThat(lost.isAlive()).isFalse();
        assertThat(other.isAlive()).isTrue();
        assertThat(children.failure()).isNotDone();
        children.close();
    }

    @Test
    void nothingStartsOnceTheStopHasBegun() {
        // Given
        children.close();

        // Then
        assertThatThrownBy(() -> children.start(shell("late", "sleep 60"))).isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(CommandFailure.class);
    }

    private Child started(String name, String script) {
        Child child = children.start(shell(name, script));
        await().untilAsserted(() -> assertThat(Files.readString(child.log())).contains("up"));
        return child;
    }

    private static ChildCommand shell(String name, String script) {
        return new ChildCommand(name, List.of("sh", "-c", script), Map.of(), Duration.ofSeconds(2));
    }
}
