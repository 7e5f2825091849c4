package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Team.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import dev.tenantry.events.Topic;
import dev.tenantry.events.Topics;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import dev.tenantry.testkit.kafka.Broker;

/** Several replicas share the work over one broker, and stand in for each other. */
@TestMethodOrder(OrderAnnotation.class)
class TwoReplicasIT {

    private static final List<String> APPS = IntStream.range(0, 12).mapToObj("app-%02d"::formatted).toList();
    private static final String TOKEN = "a token that both services of this test know";
    /** The broker gives a dead replica's partitions away after 6 s; the rest is for a busy machine. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);

    private static Installation tenantry;
    private static Broker broker;
    private static ServiceProcess watcher;
    private static ServiceProcess one;
    private static ServiceProcess two;

    private GitServer git;
    private TestRepository repository;
    private Team team;

    @BeforeAll
    static void startServices() {
        tenantry = Installation.alone();
        broker = Broker.start();
        Map<String, String> settings = tenantry.settings();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        settings.put("GIT_WATCHER_CONSUMER_TOKEN", TOKEN);
        settings.put("GIT_WATCHER_DATA_DIRECTORY", tenantry.folder().resolve("git-watcher").toString());
        watcher = ServiceProcess.start("services/git-watcher", tenantry.folder(), settings);
        one = startReconciler("one");
        two = startReconciler("two");
    }

    @AfterAll
    static void stopServices() {
        two.close();
        one.close();
        watcher.close();
        broker.close();
        tenantry.close();
    }

    @BeforeEach
    void start() {
        soon(() -> assertThat(List.of(one, two)).allSatisfy(each -> assertOwns(each, 32)));
        git = GitServer.start();
        repository = git.repository("team/apps");
        team = tenantry.newTeam();
        commit("1");
        team.follow("apps", repository);
        APPS.forEach(app -> team.deliver(app, "apps", "./" + app));
    }

    @AfterEach
    void stop() {
        team.close();
        git.close();
    }

    @Test
    @Order(1)
    void recordThatCannotBeReadGoesToTheDeadLettersAndBlocksNobody() throws Exception {
        // Given
        APPS.forEach(app -> team.awaitApplied(app, repository.head("main")));
        Set<String> poison = Set.of("poison for targets", "poison for sources");

        // When
        for (String app : APPS) {
            send(Topics.TARGETS, team.namespace() + "/" + app, "poison for targets");
        }
        send(Topics.SOURCES, team.namespace() + "/apps", "poison for sources");
        String after = commit("2");
        team.request("GitRepository", "apps");

        // Then
        APPS.forEach(app -> team.awaitApplied(app, after));
        assertThat(team.configMaps()).containsOnlyKeys(APPS)
                .allSatisfy((app, data) -> assertThat(data).containsEntry("version", "2"));
        assertThat(deadLetters(poison)).isEqualTo(poison);
        assertThat(List.of(one, two)).allSatisfy(each -> assertOwns(each, 32));
    }

    @Test
    @Order(2)
    void onlyTheReplicaThatWorksOnATargetAnswersForWhatItRemembers() {
        // Given
        String app = APPS.getFirst();
        team.awaitApplied(app, repository.head("main"));
        String target = "/reconciler/targets/" + team.namespace() + "/" + app;

        // When
        List<HttpResponse<String>> answers = Stream.of(one, two).map(each -> each.get(target + "/runs")).toList();

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 421);
        assertThat(answers).anySatisfy(answer -> assertThat(answer.body()).contains("ask the others"));
        assertThat(List.of(one, two)).allSatisfy(each -> assertThat(each.get(target).statusCode()).isEqualTo(200));
    }

    /** The last, since one of the replicas is gone then. */
    @Test
    @Order(3)
    void targetsOfAKilledReplicaGoOnWithTheOther() {
        // Given
        String before = repository.head("main");
        APPS.forEach(app -> team.awaitApplied(app, before));
        assertThat(one.counter("reconciler_builds_total")).as("what one did").isPositive();
        assertThat(two.counter("reconciler_builds_total")).as("what two did").isPositive();

        // When
        two.kill();
        String after = commit("2");
        team.request("GitRepository", "apps");

        // Then
        await().atMost(TAKE_OVER).untilAsserted(() -> {
            assertThat(APPS).allSatisfy(app -> assertThat(team.appliedRevision(app)).isEqualTo("main@sha1:" + after));
            assertThat(team.configMaps()).containsOnlyKeys(APPS)
                    .allSatisfy((app, data) -> assertThat(data).containsEntry("version", "2"));
        });
        assertOwns(one, 64);
    }

    private String commit(String version) {
        APPS.forEach(app -> repository.file(app + "/settings.yaml", configMap(app, "version", version)));
        return repository.commit("Version " + version);
    }

    private static ServiceProcess startReconciler(String name) {
        Map<String, String> settings = tenantry.settings();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        settings.put("RECONCILER_ACCESS_REQUIRED", "false");
        settings.put("RECONCILER_DATA", tenantry.folder().resolve("reconciler-" + name).toString());
        settings.put("RECONCILER_GIT_WATCHER_URL", watcher.url().toString());
        settings.put("RECONCILER_GIT_WATCHER_TOKEN", TOKEN);
        return ServiceProcess.start("services/reconciler", tenantry.folder(), settings);
    }

    private static void assertOwns(ServiceProcess reconciler, int partitions) {
        assertThat(reconciler.get("/q/health/ready").body()).contains("has " + partitions + " of 64 partitions");
    }

    private static void send(Topic topic, String key, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value.getBytes(UTF_8))).get();
        }
    }

    private static Set<String> deadLetters(Set<String> wanted) {
        Set<String> found = new HashSet<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> topics = List.of(new TopicPartition(Topics.deadLetter(Topics.TARGETS).name(), 0),
                    new TopicPartition(Topics.deadLetter(Topics.SOURCES).name(), 0));
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            await().atMost(Team.SOON).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(new String(record.value(), UTF_8)));
                return found.containsAll(wanted);
            });
        }
        return found;
    }
}
