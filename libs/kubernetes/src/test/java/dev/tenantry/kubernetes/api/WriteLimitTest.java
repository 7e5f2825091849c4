package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.fabric8.kubernetes.client.http.HttpResponse;

class WriteLimitTest {

    private static final ApiRequest CONFIG_MAP = write("api/v1/namespaces/team/configmaps/settings?force=true");
    private static final ApiRequest DEPLOYMENT = write("apis/apps/v1/namespaces/team/deployments/web");

    private final Deque<CompletableFuture<HttpResponse<byte[]>>> sent = new ArrayDeque<>();
    private long now = 1;
    private final WriteLimit limit = new WriteLimit(() -> now);

    @Test
    void moreRunAtOnceAsLongAsAnswersAreFast() {
        // When
        saturate(CONFIG_MAP, 1000, Duration.ofMillis(10), 200);

        // Then
        assertThat(limit.now()).isEqualTo(64);
    }

    @Test
    void fewerRunAtOnceWhenAnswersTakeMuchLonger() {
        // Given
        saturate(CONFIG_MAP, 5, Duration.ofMillis(10), 200);

        // When
        saturate(CONFIG_MAP, 100, Duration.ofMillis(300), 200);

        // Then
        assertThat(limit.now()).isEqualTo(8);
    }

    @Test
    void fewerRunAtOnceWhenTheServerSaysThatItIsTooMany() {
        // When
        saturate(CONFIG_MAP, 100, Duration.ofMillis(10), 429);

        // Then
        assertThat(limit.now()).isEqualTo(8);
    }

    @Test
    void aKindThatIsAlwaysSlowIsNoSignOfAnOverload() {
        // Given
        saturate(CONFIG_MAP, 5, Duration.ofMillis(10), 200);
        int before = limit.now();

        // When
        saturate(DEPLOYMENT, 100, Duration.ofSeconds(1), 200);

        // Then
        assertThat(limit.now()).isGreaterThan(before);
    }

    @Test
    void whatWaitsIsSentInTurnAndWhatWasGivenUpIsNot() {
        // Given
        fill(CONFIG_MAP);
        List<String> turns = new ArrayList<>();
        send(CONFIG_MAP, "given up", turns).cancel(false);
        send(CONFIG_MAP, "first", turns);
        send(CONFIG_MAP, "second", turns);

        // When
        answer(200);
        answer(200);

        // Then
        assertThat(turns).containsExactly("first", "second");
    }

    @Test
    void whatCannotBeSentTakesNoPlace() {
        // When
        for (int i = 0; i < 100; i++) {
            var failed = limit.send(CONFIG_MAP, () -> {
                throw new IllegalStateException("closed");
            });
            assertThat(failed).isCompletedExceptionally();
        }

        // Then
        fill(CONFIG_MAP);
        assertThat(sent).hasSize(limit.now());
    }

    @Test
    void requestsOfOneKindDifferInNamespaceAndName() {
        assertThat(CONFIG_MAP.kind()).isEqualTo(write("api/v1/namespaces/other/configmaps/more").kind())
                .isNotEqualTo(DEPLOYMENT.kind())
                .isNotEqualTo(write("api/v1/namespaces/team").kind())
                .isNotEqualTo(write("api/v1/namespaces/team/configmaps/settings/status").kind());
        assertThat(write("apis/rbac.authorization.k8s.io/v1/clusterroles/reader").kind())
                .isEqualTo(write("apis/rbac.authorization.k8s.io/v1/clusterroles/writer").kind())
                .isNotEqualTo(write("apis/rbac.authorization.k8s.io/v1/clusterrolebindings/reader").kind());
    }

    /** Have as many as may run all the time, and all of them answered after the same time, again and again. */
    private void saturate(ApiRequest request, int rounds, Duration time, int code) {
        for (int i = 0; i < rounds; i++) {
            fill(request);
            now += time.toNanos();
            int running = sent.size();
            for (int j = 0; j < running; j++) {
                answer(code);
            }
        }
    }

    private void fill(ApiRequest request) {
        while (sent.size() < limit.now()) {
            send(request, "filler", new ArrayList<>());
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> send(ApiRequest request, String name, List<String> turns) {
        return limit.send(request, () -> {
            turns.add(name);
            var answer = new CompletableFuture<HttpResponse<byte[]>>();
            sent.add(answer);
            return answer;
        });
    }

    private void answer(int code) {
        sent.remove().complete(response(code));
    }

    @SuppressWarnings("unchecked")
    private static HttpResponse<byte[]> response(int code) {
        return (HttpResponse<byte[]>) Proxy.newProxyInstance(WriteLimitTest.class.getClassLoader(),
                new Class<?>[]{HttpResponse.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("code")) {
                        return code;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private static ApiRequest write(String path) {
        return new ApiRequest("PATCH", path, ApiRequest.JSON, "application/apply-patch+yaml", "{}", true);
    }
}
