package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

class WriteLimitTest {

    private static final ApiRequest CONFIG_MAP = write("api/v1/namespaces/team/configmaps/settings?force=true");
    private static final ApiRequest DEPLOYMENT = write("apis/apps/v1/namespaces/team/deployments/web");

    private int running;
    /** What the limit has handed over to other threads, until the test runs it. */
    private final Deque<Runnable> handedOver = new ArrayDeque<>();
    private long now = 1;
    private final WriteLimit limit = new WriteLimit(() -> now, handedOver::add);

    @Test
    void moreRunAtOnceAsLongAsAnswersAreFast() {
        // When
        saturate(CONFIG_MAP, 1000, Duration.ofMillis(10));

        // Then
        assertThat(limit.now()).isEqualTo(64);
    }

    @Test
    void fewerRunAtOnceWhenAnswersTakeMuchLonger() {
        // Given
        saturate(CONFIG_MAP, 50, Duration.ofMillis(10));

        // When
        saturate(CONFIG_MAP, 100, Duration.ofMillis(300));

        // Then
        assertThat(limit.now()).isEqualTo(8);
    }

    @Test
    void aServerThatGetsSlowIsNoticedHoweverFewAnswersComeInAMoment() {
        // Given
        saturate(CONFIG_MAP, 1000, Duration.ofMillis(10));

        // When
        for (int i = 0; i < 1000; i++) {
            now += Duration.ofMillis(150).toNanos();
            limit.succeeded(CONFIG_MAP, now - Duration.ofSeconds(1).toNanos());
        }

        // Then
        assertThat(limit.now()).isEqualTo(8);
    }

    @Test
    void fewerRunAtOnceWhenTheServerSaysThatItIsTooMany() {
        // When
        now += Duration.ofSeconds(1).toNanos();
        limit.refused();
        int once = limit.now();
        limit.refused();
        int atTheSameTime = limit.now();
        now += Duration.ofSeconds(1).toNanos();
        limit.refused();

        // Then
        assertThat(once).isEqualTo(14);
        assertThat(atTheSameTime).isEqualTo(14);
        assertThat(limit.now()).isEqualTo(12);
    }

    @Test
    void aKindThatIsAlwaysSlowIsNoSignOfAnOverload() {
        // Given
        saturate(CONFIG_MAP, 5, Duration.ofMillis(10));
        int before = limit.now();

        // When
        saturate(DEPLOYMENT, 100, Duration.ofSeconds(1));

        // Then
        assertThat(limit.now()).isGreaterThan(before);
    }

    @Test
    void aFewThatTookLongAreNoSignOfAnOverload() {
        // Given
        saturate(CONFIG_MAP, 50, Duration.ofMillis(10));
        int before = limit.now();

        // When
        for (int i = 0; i < 100; i++) {
            limit.succeeded(CONFIG_MAP, now - Duration.ofSeconds(10).toNanos());
            saturate(CONFIG_MAP, 1, Duration.ofMillis(10));
        }

        // Then
        assertThat(limit.now()).isGreaterThan(before);
    }

    @Test
    void whatWaitsBeginsInTurnOnAnotherThread() {
        // Given
        fill();
        List<String> turns = new ArrayList<>();
        limit.admit(() -> turns.add("first"));
        limit.admit(() -> turns.add("second"));

        // When
        leave();
        leave();
        List<String> before = List.copyOf(turns);
        runHandedOver();

        // Then
        assertThat(before).isEmpty();
        assertThat(turns).containsExactly("first", "second");
    }

    @Test
    void whateverEndsAtOnceKeepsNoPlaceHoweverManyWait() {
        // Given
        fill();
        for (int i = 0; i < 100_000; i++) {
            limit.admit(limit::left);
        }

        // When
        leave();
        runHandedOver();

        // Then
        fill();
        assertThat(running).isEqualTo(limit.now());
        assertThat(handedOver).isEmpty();
    }

    @Test
    void requestsOfOneKindDifferInNamespaceAndName() {
        assertThat(CONFIG_MAP.kind()).isEqualTo(write("api/v1/namespaces/other/configmaps/more").kind())
                .isNotEqualTo(DEPLOYMENT.kind())
                .isNotEqualTo(write("api/v1/namespaces/team").kind())
                .isNotEqualTo(write("api/v1/namespaces/team/configmaps/settings/status").kind())
                .isNotEqualTo(write("api/v1/namespaces/team/configmaps/settings?dryRun=All").kind());
        assertThat(write("apis/rbac.authorization.k8s.io/v1/clusterroles/reader").kind())
                .isEqualTo(write("apis/rbac.authorization.k8s.io/v1/clusterroles/writer").kind())
                .isNotEqualTo(write("apis/rbac.authorization.k8s.io/v1/clusterrolebindings/reader").kind());
        assertThat(write("api/v1/namespaces/team/services/web").kind())
                .isNotEqualTo(write("apis/serving.knative.dev/v1/namespaces/team/services/web").kind());
    }

    /** Have as many as may run all the time, and all of them answered after the same time, again and again. */
    private void saturate(ApiRequest request, int rounds, Duration time) {
        for (int i = 0; i < rounds; i++) {
            fill();
            long sentAt = now;
            now += time.toNanos();
            while (running > 0) {
                limit.succeeded(request, sentAt);
                leave();
            }
        }
    }

    private void fill() {
        while (running < limit.now()) {
            limit.admit(() -> running++);
        }
    }

    private void leave() {
        running--;
        limit.left();
    }

    private void runHandedOver() {
        while (!handedOver.isEmpty()) {
            handedOver.remove().run();
        }
    }

    private static ApiRequest write(String path) {
        return new ApiRequest("PATCH", path, ApiRequest.JSON, "application/apply-patch+yaml", "{}", true);
    }
}
