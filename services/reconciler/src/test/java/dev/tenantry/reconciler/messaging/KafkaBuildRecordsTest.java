package dev.tenantry.reconciler.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.events.BuildRecorded;
import dev.tenantry.events.BuildRecorded.Answer;
import dev.tenantry.events.BuildRecorded.Found;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.Reading;
import dev.tenantry.events.Subject;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.RememberedBuild;
import dev.tenantry.reconciler.Target;

class KafkaBuildRecordsTest {

    private static final String REVISION = "main@sha1:0000000000000000000000000000000000000001";

    private final Map<NamespacedName, RememberedBuild> found = new HashMap<>();

    @Test
    void theNewestRecordOfATargetCounts() {
        // Given
        KafkaBuildRecords.take("team/apps", record("team", "apps", "key-1"), found);
        KafkaBuildRecords.take("team/other", record("team", "other", "key-1"), found);

        // When
        KafkaBuildRecords.take("team/apps", record("team", "apps", "key-2"), found);
        KafkaBuildRecords.take("team/other", new Reading.Tombstone("team/other"), found);

        // Then
        assertThat(found).containsOnlyKeys(new NamespacedName("team", "apps"));
        assertThat(found.values()).extracting(RememberedBuild::key).containsExactly("key-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b/c", "team/"})
    void aTombstoneOfNoTargetIsLeftOut(String key) {
        // Given
        KafkaBuildRecords.take("team/apps", record("team", "apps", "key"), found);

        // When
        KafkaBuildRecords.take(key, new Reading.Tombstone(key), found);

        // Then
        assertThat(found).hasSize(1);
    }

    @Test
    void aRecordThatNobodyOfUsWroteIsLeftOut() {
        // Given
        var noMode = new Answer("apps/config.yaml", Found.FILE, "blob", "rwx");

        // When
        KafkaBuildRecords.take(null, new Reading.UnknownType("of others"), found);
        KafkaBuildRecords.take("team/apps", new Reading.Unreadable("no event"), found);
        KafkaBuildRecords.take("team/apps", record("team", "apps", "key", noMode), found);

        // Then
        assertThat(found).isEmpty();
    }

    private static Reading record(String namespace, String name, String key, Answer... answers) {
        var event = new BuildRecorded(new Subject(Target.GROUP, Target.KIND, namespace, name, "uid"),
                new Subject("source.toolkit.fluxcd.io", "GitRepository", namespace, "apps", null), REVISION,
                List.of(answers), key, "digest", List.of(), Instant.EPOCH);
        var codec = new EventCodec(URI.create("/test"));
        var encoded = codec.encode(event, null);
        return EventCodec.decode(encoded.key(), encoded.headers(), encoded.data());
    }
}
