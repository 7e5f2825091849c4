package dev.tenantry.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

class ObjectWatchIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final String MANAGER = "kustomize-controller";
    private static final Calls WATCHES = Calls.watching("configmaps");
    private static final WatchTiming IMPATIENT = new WatchTiming(
            Duration.ofMinutes(1),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            2);
    private static final WatchTiming WATCHFUL = new WatchTiming(
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            2);

    private final ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
    private final ObjectApi api = ObjectApi.connect(proxy.config());
    private final String namespace = CLUSTER.newNamespace();
    private final WatchScope scope = WatchScope.in(namespace).labelled("app=web");
    private final Told<ObjectMetadata> told = Told.metadata();

    @AfterEach
    void close() {
        api.close();
        proxy.close();
    }

    @Test
    void allObjectsAreToldBeforeTheFirstSync() {
        // Given
        for (String name : new String[]{"a", "b", "c", "d", "e"}) {
            apply(name, "1");
        }

        // When
        try (ObjectWatch watch = start(IMPATIENT)) {
            Told.awaitSynced(watch.whenSynced());

            // Then
            assertThat(told.events()).containsExactly("+a", "+b", "+c", "+d", "+e", "synced");
            assertThat(proxy.count("list", "configmaps")).isEqualTo(3);
        }
    }

    @Test
    void changesAreToldInOrder() {
        try (ObjectWatch watch = start(WatchTiming.DEFAULT)) {
            // Given
            Told.awaitSynced(watch.whenSynced());

            // When
            apply("a", "1");
            apply("a", "2");
            delete("a");

            // Then
            await().untilAsserted(() -> assertThat(told.events()).containsExactly("synced", "+a", "~a", "-a"));
        }
    }

    @Test
    void anObjectThatLosesTheLabelIsTold() {
        // Given
        apply("a", "1");
        try (ObjectWatch watch = start(WatchTiming.DEFAULT)) {
            Told.awaitSynced(watch.whenSynced());

            // When
            edit("a", map -> map.getMetadata().setLabels(Map.of()));

            // Then
            await().untilAsserted(() -> assertThat(told.events()).containsExactly("+a", "synced", "-a"));
        }
    }

    @Test
    void aCutWatchGoesOnWithoutListingAgain() {
        // Given
        apply("a", "1");
        try (ObjectWatch watch = start(IMPATIENT)) {
            await().until(() -> proxy.openWatches(WATCHES) == 1);
            proxy.when(WATCHES).times(2).answer(503);

            // When
            assertThat(proxy.cutWatches(WATCHES)).isEqualTo(1);
            apply("b", "1");
            delete("a");

            // Then
            await().untilAsserted(
                    () -> assertThat(told.events()).containsExactly("+a", "synced", "cut", "cut", "cut", "+b", "-a"));
            assertThat(proxy.count("list", "configmaps")).isEqualTo(1);
        }
    }

    @Test
    void whatHappenedBeforeAnExpiredVersionIsFoundOut() {
        // Given
        apply("changed", "1");
        apply("gone", "1");
        apply("same", "1");
        try (ObjectWatch watch = start(IMPATIENT)) {
            await().until(() -> proxy.openWatches(WATCHES) == 1);
            proxy.freezeWatches(WATCHES);
            apply("changed", "2");
            delete("gone");
            apply("new", "1");

            // When
            proxy.expireWatches(WATCHES);

            // Then
            await().untilAsserted(
                    () -> assertThat(told.events())
                            .containsExactly("+changed", "+gone", "+same", "synced", "~changed", "+new", "-gone",
                                    "synced"));
            assertThat(told.last().uid()).isEmpty();
        }
    }

    @Test
    void aDeadConnectionIsNoticed() {
        try (ObjectWatch watch = start(WATCHFUL)) {
            // Given
            await().until(() -> proxy.openWatches(WATCHES) == 1);
            proxy.freezeWatches(WATCHES);

            // When
            apply("a", "1");

            // Then
            await().until(() -> told.events().contains("+a"));
            assertThat(told.events()).startsWith("synced", "cut")
                    .filteredOn(event -> !event.equals("cut"))
                    .containsExactly("synced", "+a");
        }
    }

    @Test
    void aClosedWatchTellsNothingMoreAndLeavesNoConnection() {
        // Given
        ObjectWatch watch = start(IMPATIENT);
        await().until(() -> proxy.openWatches(WATCHES) == 1);

        // When
        watch.close();
        apply("a", "1");

        // Then
        await().until(() -> proxy.openWatches(WATCHES) == 0);
        await().during(Duration.ofMillis(500)).until(() -> told.events().equals(List.of("synced")));
    }

    @Test
    void anotherManagersChangeOfOurFieldChangesTheHashOfOurs() {
        // Given
        apply("a", "1");
        try (ObjectWatch watch = start(WatchTiming.DEFAULT)) {
            Told.awaitSynced(watch.whenSynced());
            long ours = told.last().appliedBy(MANAGER).orElseThrow().hash();

            // When
            edit("a", map -> map.getData().put("key", "theirs"));

            // Then
            await().until(() -> told.events().contains("~a"));
            assertThat(told.last().appliedBy(MANAGER).orElseThrow().hash()).isNotEqualTo(ours);
            assertThat(told.last().othersThan(MANAGER)).singleElement()
                    .satisfies(other -> assertThat(other.fields().at("/f:data/f:key").isObject()).isTrue());
        }
    }

    @Test
    void othersFieldsAndTheSameAppliedAgainLeaveTheHashOfOurs() {
        // Given
        apply("a", "1");
        try (ObjectWatch watch = start(WatchTiming.DEFAULT)) {
            Told.awaitSynced(watch.whenSynced());
            long ours = told.last().appliedBy(MANAGER).orElseThrow().hash();

            // When
            apply("a", "1");
            edit("a", map -> map.getData().put("another", "theirs"));

            // Then
            await().until(() -> told.events().contains("~a"));
            assertThat(told.last().appliedBy(MANAGER).orElseThrow().hash()).isEqualTo(ours);
        }
    }

    @Test
    void otherValuesAppliedInOurNameChangeTheHashOfOurs() {
        // Given
        apply("a", "1");
        try (ObjectWatch watch = start(WatchTiming.DEFAULT)) {
            Told.awaitSynced(watch.whenSynced());
            ManagedFields ours = told.last().appliedBy(MANAGER).orElseThrow();
            await().until(() -> Instant.now().isAfter(Instant.parse(ours.time()).plusSeconds(1)));

            // When
            apply("a", "2");

            // Then
            await().until(() -> told.events().contains("~a"));
            assertThat(told.last().appliedBy(MANAGER).orElseThrow())
                    .satisfies(now -> assertThat(now.fields()).isEqualTo(ours.fields()))
                    .satisfies(now -> assertThat(now.hash()).isNotEqualTo(ours.hash()));
        }
    }

    @Test
    void aListenerThatFailsIsToldAgain() {
        // Given
        apply("a", "1");
        WatchListener<ObjectMetadata> failing = new WatchListener<>() {

            private boolean failed;

            @Override
            public void added(ObjectMetadata object) {
                if (!failed) {
                    failed = true;
                    throw new IllegalStateException("not now");
                }
                told.added(object);
            }

            @Override
            public void modified(ObjectMetadata object) {}

            @Override
            public void deleted(ObjectMetadata object) {}

            @Override
            public void interrupted(Throwable cause) {
                told.interrupted(cause);
            }
        };

        // When
        try (ObjectWatch watch = ObjectWatch.ofMetadata(api, CONFIG_MAPS, scope, failing, IMPATIENT)) {
            Told.awaitSynced(watch.whenSynced());

            // Then
            assertThat(told.events()).containsExactly("cut", "+a");
        }
    }

    @Test
    void oneObjectIsWatchedWhole() {
        // Given
        apply("a", "1");
        apply("b", "1");
        Told<ObjectNode> whole = Told
                .of(object -> object.path("kind").asText() + ":" + object.at("/data/key").asText());

        // When
        try (ObjectWatch watch = ObjectWatch.ofObjects(api, CONFIG_MAPS, WatchScope.one(namespace, "a"), whole)) {
            Told.awaitSynced(watch.whenSynced());
            apply("b", "2");
            apply("a", "2");

            // Then
            await().untilAsserted(
                    () -> assertThat(whole.events()).containsExactly("+ConfigMap:1", "synced", "~ConfigMap:2"));
        }
    }

    private ObjectWatch start(WatchTiming timing) {
        return ObjectWatch.ofMetadata(api, CONFIG_MAPS, scope, told, timing);
    }

    private void apply(String name, String value) {
        ObjectNode json = Manifest.skeleton("v1", "ConfigMap", new NamespacedName(namespace, name));
        json.withObjectProperty("metadata").putObject("labels").put("app", "web");
        json.putObject("data").put("key", value);
        ObjectApi.of(CLUSTER.client())
                .apply(CONFIG_MAPS, Manifest.of(json), ApplyOptions.as(MANAGER))
                .toCompletableFuture()
                .join();
    }

    private void edit(String name, Consumer<ConfigMap> change) {
        CLUSTER.client().configMaps().inNamespace(namespace).withName(name).edit(map -> {
            ConfigMap copy = new ConfigMapBuilder(map).build();
            change.accept(copy);
            return copy;
        });
    }

    private void delete(String name) {
        CLUSTER.client().configMaps().inNamespace(namespace).withName(name).delete();
    }
}
