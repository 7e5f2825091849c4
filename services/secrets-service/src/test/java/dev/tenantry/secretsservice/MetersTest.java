package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.known;
import static dev.tenantry.secretsservice.Examples.observation;
import static dev.tenantry.secretsservice.Examples.sealed;
import static dev.tenantry.secretsservice.Examples.synced;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.Examples.Drift;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.queue.OpeningQueue;
import dev.tenantry.secretsservice.queue.OpeningQueue.Next;
import dev.tenantry.secretsservice.queue.Pauses;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;

class MetersTest {

    private static final Outcome SYNCED = new Outcome.Synced(Outcome.Change.CREATED, List.of());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);

    @Test
    void attemptsAndErrorsAreCountedByTheOriginalsNames() {
        // When
        meters.observed(observation(sealed(), SYNCED, Drift.NO));
        meters.observed(observation(sealed(), failed(Outcome.Step.UNSEAL), Drift.NO));
        meters.observed(observation(sealed(), failed(Outcome.Step.UNMANAGED), Drift.NO));
        meters.observed(observation(sealed(), new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed", ""), Drift.NO));

        // Then
        assertThat(lines()).contains("sealed_secrets_controller_unseal_requests_total 4.0",
                "sealed_secrets_controller_unseal_errors_total{namespace=\"team-a\",reason=\"unseal\",} 1.0",
                "sealed_secrets_controller_unseal_errors_total{namespace=\"team-a\",reason=\"unmanaged\",} 1.0",
                "sealed_secrets_controller_unseal_errors_total{namespace=\"team-a\",reason=\"update\",} 1.0");
    }

    @Test
    void aServiceThatHasDoneNothingYetCountsZero() {
        assertThat(lines()).contains("sealed_secrets_controller_unseal_requests_total 0.0");
    }

    @Test
    void theConditionOfEachIsShownWithItsInstance() {
        // When
        see(sealed().withLabels(Map.of("app.kubernetes.io/instance", "blue")));
        see(Examples.named(synced(sealed(), "True", "Unsealed"), "team-a", "opened"));
        see(Examples.named(synced(sealed(), "False", "Damaged"), "team-a", "failed"));

        // Then
        assertThat(lines()).contains(condition("database", "blue") + " 0.0", condition("opened", "") + " 1.0",
                condition("failed", "") + " -1.0");
    }

    @Test
    void theConditionFollowsEachAttempt() {
        // Given
        see(sealed());

        // When
        meters.observed(observation(sealed(), failed(Outcome.Step.UNSEAL), Drift.NO));

        // Then
        assertThat(lines()).contains(condition("database", "") + " -1.0");

        // When
        meters.observed(observation(sealed(), SYNCED, Drift.NO));

        // Then
        assertThat(lines()).contains(condition("database", "") + " 1.0");
    }

    @Test
    void theConditionOfWhatIsGoneIsRemovedAndAnAttemptThatEndsLaterBringsItNotBack() {
        // Given
        see(sealed());

        // When
        meters.gone(NAME);
        meters.observed(observation(sealed(), SYNCED, Drift.NO));

        // Then
        assertThat(registry.scrape()).doesNotContain("condition_info");
    }

    @Test
    void theErrorsOfANamespaceGoWithTheLastThatIsInIt() {
        // Given
        see(sealed());
        see(Examples.named(sealed(), "team-a", "other"));
        meters.observed(observation(sealed(), failed(Outcome.Step.UNSEAL), Drift.NO));

        // When
        meters.gone(NAME);

        // Then
        assertThat(registry.scrape()).contains("unseal_errors_total");

        // When
        meters.gone(new NamespacedName("team-a", "other"));

        // Then
        assertThat(registry.scrape()).doesNotContain("unseal_errors_total");
    }

    @Test
    void theBuildIsShown() {
        assertThat(lines()).anyMatch(line -> line.startsWith("sealed_secrets_controller_build_info{revision=\"")
                && line.endsWith(" 1.0"));
    }

    @Test
    void keysQueueAndReportAreShown() {
        // Given
        Keys keys = new Keys();
        KeyPair older = TestKeys.pair(1);
        keys.put(KeysTest.stored("older", older, true));
        keys.put(KeysTest.stored("newest", TestKeys.pair(2), false));
        FakeSealedSecrets sealedSecrets = new FakeSealedSecrets();
        sealedSecrets.put(sealed());
        FakeSecrets secrets = new FakeSecrets();
        secrets.known.put(NAME,
                new LiveSecret(NAME, "uid", "1", Set.of(), Set.of(), false, List.of(older.fingerprint()),
                        Optional.empty()));
        OpeningQueue queue = new OpeningQueue(0, new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                name -> Next.REST);
        for (String name : List.of("a", "a", "b", "c")) {
            queue.add(new NamespacedName("team-a", name));
        }
        Report report = new Report(new Objects(sealedSecrets, secrets), keys);

        // When
        meters.follow(queue, keys, report);

        // Then
        assertThat(lines()).contains("secrets_service_keys 2.0", "secrets_service_keys_unexported 1.0",
                "secrets_service_sealed_with_old_key 1.0", "secrets_service_queue_depth 3.0",
                "secrets_service_requests_coalesced 1.0");
    }

    private void see(Manifest object) {
        meters.seen(null, known(object), object);
    }

    private List<String> lines() {
        return registry.scrape().lines().toList();
    }

    private static String condition(String name, String instance) {
        return "sealed_secrets_controller_condition_info{condition=\"Synced\",name=\"" + name
                + "\",namespace=\"team-a\",ss_app_kubernetes_io_instance=\"" + instance + "\",}";
    }

    private static Outcome failed(Outcome.Step step) {
        return new Outcome.Failed(step, "Any", "", List.of());
    }
}
