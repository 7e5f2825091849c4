package dev.tenantry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.events.BuildRecorded.Answer;
import dev.tenantry.events.BuildRecorded.Found;
import dev.tenantry.events.TargetReconciled.Counts;
import dev.tenantry.events.TargetReconciled.Outcome;

class EventTest {

    @ParameterizedTest
    @ValueSource(strings = {"main@sha1:2f1d4c6a8b0e3579acbd13579bdf02468ace1357",
            "sha1:2f1d4c6a8b0e3579acbd13579bdf02468ace1357",
            "refs/pull/420/head@sha1:2f1d4c6a8b0e3579acbd13579bdf02468ace1357",
            "v1.2.3@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    void everyFormOfFluxRevisionsIsARevision(String revision) {
        assertThat(observed(revision).revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "main@2f1d4c6a8b0e3579acbd13579bdf02468ace1357", "main@sha1:2f1d",
            "main/2f1d4c6a8b0e3579acbd13579bdf02468ace1357", "main@sha1:2F1D4C6A8B0E3579ACBD13579BDF02468ACE1357"})
    void otherTextIsNone(String revision) {
        assertThatThrownBy(() -> observed(revision)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("revision is not a revision: " + revision);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void whatMakesNoSenseIsRefusedWithTheFieldsName(String message, ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    static Stream<Arguments> invalid() {
        RevisionObserved o = Examples.REVISION_OBSERVED;
        TargetReconciled t = Examples.TARGET_RECONCILED;
        return Stream.of(
                refused("name is empty", () -> new Subject("apps", "Deployment", "team-a", "", null)),
                refused("namespace is missing", () -> new Subject("apps", "Deployment", null, "shop", null)),
                refused("uid is empty", () -> new Subject("apps", "Deployment", "team-a", "shop", " ")),
                refused("tree is not an object id", () -> new RevisionObserved(o.source(), o.revision(), "tree",
                        o.previous(), o.servedBy(), o.observedAt(), o.cause())),
                refused("servedBy is not an absolute URL",
                        () -> new RevisionObserved(o.source(), o.revision(), o.tree(),
                                o.previous(), URI.create("/git"), o.observedAt(), o.cause())),
                refused("servedBy carries credentials", () -> new RevisionObserved(o.source(), o.revision(), o.tree(),
                        o.previous(), URI.create("http://user:secret@host"), o.observedAt(), o.cause())),
                refused("cause is missing", () -> new RevisionObserved(o.source(), o.revision(), o.tree(), o.previous(),
                        o.servedBy(), o.observedAt(), null)),
                refused("reason is not a condition's reason", () -> new SourceFailed(Examples.SOURCE, "went wrong", "m",
                        null, Examples.NOON)),
                refused("retryAfter is negative", () -> new SourceFailed(Examples.SOURCE, "Failed", "m",
                        Duration.ofSeconds(-1), Examples.NOON)),
                refused("delivery is empty", () -> new ReconcileRequested(Examples.SOURCE, Cause.WEBHOOK, Examples.NOON,
                        "")),
                refused("a count is negative", () -> new Counts(0, -1, 0, 0)),
                refused("duration of build is negative",
                        () -> new TargetReconciled(t.target(), Outcome.READY, t.reason(),
                                t.revision(), t.counts(), Map.of("build", Duration.ofNanos(-1)), t.startedAt())),
                refused("field is empty",
                        () -> new DriftCorrected(Examples.TARGET, Examples.DEPLOYMENT, "", List.of(""),
                                Examples.NOON)),
                refused("path is absolute", () -> new Answer("/etc/passwd", Found.FILE, null, null)),
                refused("an absent path has an id", () -> new Answer("a", Found.ABSENT, "1", null)),
                refused("a path that is no file has a mode", () -> new Answer("a", Found.FOLDER, "1", "40000")),
                refused("a fingerprint is repeated", () -> new SecretUnsealed(Examples.SEALED_SECRET,
                        List.of(Examples.FINGERPRINT, Examples.FINGERPRINT), Examples.NOON)),
                refused("items is missing", () -> new UnsealFailed(Examples.SEALED_SECRET, "NoKey", null,
                        Examples.NOON)));
    }

    private static Arguments refused(String message, ThrowingCallable construction) {
        return Arguments.of(message, construction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MD5:d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e", "SHA256:", "canary",
            "SHA256:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="})
    void whatIsNoFingerprintIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> new SealingKeyUnexported(Examples.KEY, text, Examples.NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fingerprint is not a key's fingerprint");
    }

    @Test
    void whatHasNoItemsWasSealedForNoKeyAndFailsForNoItem() {
        assertThat(new SecretUnsealed(Examples.SEALED_SECRET, List.of(), Examples.NOON).fingerprints()).isEmpty();
        assertThat(new UnsealFailed(Examples.SEALED_SECRET, "NotOwned", List.of(), Examples.NOON).items()).isEmpty();
    }

    @Test
    void aRunEndsWhenItsStagesHave() {
        assertThat(Examples.TARGET_RECONCILED.occurredAt()).isEqualTo(Examples.NOON.plusMillis(12 + 85 + 140));
    }

    @Test
    void aClusterWideSubjectHasNoSlashInItsKey() {
        assertThat(new Subject("", "Namespace", "", "team-a", null)).hasToString("Namespace/team-a");
    }

    private static RevisionObserved observed(String revision) {
        RevisionObserved example = Examples.REVISION_OBSERVED;
        return new RevisionObserved(example.source(), revision, example.tree(), null, example.servedBy(),
                example.observedAt(), example.cause());
    }
}
