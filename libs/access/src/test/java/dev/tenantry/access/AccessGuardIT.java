package dev.tenantry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;

class AccessGuardIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final String ELSEWHERE = "192.0.2.1";

    private final ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
    private final ObjectApi api = ObjectApi.connect(proxy.config());
    private final String namespace = CLUSTER.newNamespace();
    private final People people = new People(CLUSTER.client(), namespace);

    @AfterEach
    void close() {
        api.close();
        proxy.close();
    }

    @Test
    void aTokenOfTheClusterIsKnownByItsAccount() {
        // When
        Authentication answer = authenticate(Settings.strict(), people.token("robot"));

        // Then
        assertThat(answer).isInstanceOfSatisfying(Authentication.Known.class, known -> {
            Identity.User user = (Identity.User) known.identity();
            assertThat(user.name()).isEqualTo("system:serviceaccount:" + namespace + ":robot");
            assertThat(user.groups()).contains("system:serviceaccounts:" + namespace);
        });
    }

    @Test
    void aTokenIsReviewedOncePerWhile() {
        // Given
        AccessGuard guard = guard(Settings.strict());
        String token = people.token("robot");

        // When
        for (int i = 0; i < 5; i++) {
            await(guard.authenticate(bearer(token)));
        }

        // Then
        assertThat(proxy.count("create", "tokenreviews")).isEqualTo(1);
    }

    @Test
    void aRefusalIsNotRemembered() {
        // Given
        AccessGuard guard = guard(Settings.strict());

        // When
        Authentication first = await(guard.authenticate(bearer("rubbish")));
        Authentication second = await(guard.authenticate(bearer("rubbish")));

        // Then
        assertThat(first).isInstanceOf(Authentication.Refused.class).isEqualTo(second);
        assertThat(proxy.count("create", "tokenreviews")).isEqualTo(2);
    }

    @Test
    void aTokenForTheApiServerIsNotForAnAudience() {
        // When
        Authentication answer = authenticate(Settings.strict().forAudience("git-watcher"), people.token("robot"));

        // Then
        assertThat(answer).isInstanceOfSatisfying(
                Authentication.Refused.class,
                refused -> assertThat(refused.detail()).contains("--audience git-watcher"));
    }

    @Test
    void aTokenForTheAudienceIsKnown() {
        // When
        Authentication answer = authenticate(
                Settings.strict().forAudience("git-watcher"),
                people.token("robot", "git-watcher"));

        // Then
        assertThat(answer).isInstanceOf(Authentication.Known.class);
    }

    @Test
    void aTokenForAnAudienceIsNotForUsWhoHaveNone() {
        // When
        Authentication answer = authenticate(Settings.strict(), people.token("robot", "git-watcher"));

        // Then
        assertThat(answer).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void theLocalTokenCountsOnThisMachineOnly() {
        // Given
        AccessGuard guard = guard(Settings.strict().withLocalToken("s3cret"));

        // When
        Authentication here = await(guard.authenticate(bearer("s3cret")));
        Authentication there = await(
                guard.authenticate(Credentials.of("Bearer s3cret", ELSEWHERE, "tenantry.example.org", null)));

        // Then
        assertThat(here).isEqualTo(new Authentication.Known(new Identity.Local()));
        assertThat(there).isInstanceOf(Authentication.Refused.class);
        assertThat(proxy.count("create", "tokenreviews")).isZero();
    }

    @Test
    void withoutATokenNobodyIsKnown() {
        // When
        Authentication answer = await(
                guard(Settings.strict()).authenticate(Credentials.of(null, "127.0.0.1", "localhost:8080", null)));

        // Then
        assertThat(answer).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void anOpenGuardLetsProgramsOnThisMachineInButNoWebPages() {
        // Given
        AccessGuard guard = guard(Settings.open());

        // When
        Authentication program = await(guard.authenticate(Credentials.of(null, "127.0.0.1", "localhost:8080", null)));
        Authentication ownPage = await(
                guard.authenticate(Credentials.of(null, "::1", "[::1]:8080", "http://localhost:8080")));
        Authentication foreignPage = await(
                guard.authenticate(Credentials.of(null, "127.0.0.1", "localhost:8080", "https://evil.example.org")));
        Authentication rebound = await(
                guard.authenticate(Credentials.of(null, "127.0.0.1", "evil.example.org:8080", null)));
        Authentication elsewhere = await(guard.authenticate(Credentials.of(null, ELSEWHERE, "localhost:8080", null)));

        // Then
        assertThat(List.of(program, ownPage)).allMatch(Authentication.Known.class::isInstance);
        assertThat(List.of(foreignPage, rebound, elsewhere)).allMatch(Authentication.Refused.class::isInstance);
    }

    @Test
    void anOpenGuardDoesNotStartWhereOtherMachinesReachIt() {
        assertThatThrownBy(() -> AccessGuard.of("git-watcher", Settings.open(), "0.0.0.0", api))
                .hasMessageContaining("git-watcher.access.required")
                .hasMessageContaining("127.0.0.1");
        assertThatThrownBy(() -> AccessGuard.of("git-watcher", Settings.open(), "", api))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void someoneSeesWhatTheClusterShowsThem() {
        // Given
        People other = new People(CLUSTER.client(), CLUSTER.newNamespace());
        String token = people.token("robot");
        people.grant(namespace, "robot", "get");
        other.grant(namespace, "robot", "get", "shared");
        Caller caller = caller(token);
        List<String> items = List.of(namespace + "/a", namespace + "/b", other.namespace() + "/shared",
                other.namespace() + "/hidden", "kube-system/c");

        // When
        List<String> visible = await(caller.visible(items, AccessGuardIT::get));

        // Then
        assertThat(visible).containsExactly(namespace + "/a", namespace + "/b", other.namespace() + "/shared");
    }

    @Test
    void whoSeesAllCostsOneQuestion() {
        // Given
        Caller caller = guard(Settings.strict()).caller(
                new Identity.User("admin", "", List.of("system:masters"), Map.of()));
        List<String> items = IntStream.range(0, 1000).mapToObj(i -> "team-" + i % 50 + "/app-" + i).toList();

        // When
        List<String> visible = await(caller.visible(items, AccessGuardIT::get));

        // Then
        assertThat(visible).isEqualTo(items);
        assertThat(proxy.count("create", "subjectaccessreviews")).isEqualTo(1);
    }

    @Test
    void whoSeesSomeNamespacesCostsOneQuestionForEach() {
        // Given
        String token = people.token("robot");
        people.grant(namespace, "robot", "get");
        Caller caller = caller(token);
        List<String> items = IntStream.range(0, 100).mapToObj(i -> namespace + "/app-" + i).toList();

        // When
        List<String> visible = await(caller.visible(items, AccessGuardIT::get));

        // Then
        assertThat(visible).isEqualTo(items);
        assertThat(proxy.count("create", "subjectaccessreviews")).isEqualTo(2);
    }

    @Test
    void inALongListOfOthersNoSingleObjectIsAskedFor() {
        // Given
        String token = people.token("robot");
        people.grant(namespace, "robot", "get", "app-7");
        Caller caller = caller(token);
        List<String> many = IntStream.rangeClosed(0, Caller.MOST_SINGLE)
                .mapToObj(i -> namespace + "/app-" + i)
                .toList();

        // When
        List<String> ofMany = await(caller.visible(many, AccessGuardIT::get));
        int asked = proxy.count("create", "subjectaccessreviews");
        List<String> ofFewer = await(caller.visible(many.subList(0, Caller.MOST_SINGLE), AccessGuardIT::get));

        // Then
        assertThat(ofMany).isEmpty();
        assertThat(asked).isEqualTo(2);
        assertThat(ofFewer).containsExactly(namespace + "/app-7");
    }

    @Test
    void subresourcesAreRightsOfTheirOwn() {
        // Given
        String token = people.token("robot");
        people.grant(namespace, "robot", "get");

        // When
        boolean itself = await(caller(token).may(new Permission("get", "", "configmaps", namespace, "a")));
        boolean status = await(caller(token).may(new Permission("get", "", "configmaps/status", namespace, "a")));

        // Then
        assertThat(itself).isTrue();
        assertThat(status).isFalse();
    }

    @Test
    void anAnswerThatDidNotComeIsNotRemembered() {
        // Given
        AccessGuard guard = guard(Settings.strict());
        String token = people.token("robot");
        proxy.when(Calls.to("create", "tokenreviews")).answer(500);

        // When
        CompletionStage<Authentication> failing = guard.authenticate(bearer(token));

        // Then
        assertThat(failing.toCompletableFuture()).failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ApiException.class);
        assertThat(await(guard.authenticate(bearer(token)))).isInstanceOf(Authentication.Known.class);
    }

    private AccessGuard guard(Settings settings) {
        return AccessGuard.of("git-watcher", settings, "127.0.0.1", api);
    }

    private Authentication authenticate(Settings settings, String token) {
        return await(guard(settings).authenticate(bearer(token)));
    }

    private Caller caller(String token) {
        AccessGuard guard = guard(Settings.strict());
        return guard.caller(((Authentication.Known) await(guard.authenticate(bearer(token)))).identity());
    }

    private static Credentials bearer(String token) {
        return Credentials.of("Bearer " + token, "127.0.0.1", "localhost:8080", null);
    }

    private static Permission get(String item) {
        String[] parts = item.split("/");
        return new Permission("get", "", "configmaps", parts[0], parts[1]);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
