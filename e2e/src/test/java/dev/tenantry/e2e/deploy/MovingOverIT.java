package dev.tenantry.e2e.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.e2e.SealedNamespace;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.kafka.Broker;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * From the original controller to secrets-service and back, by the steps of {@code docs/spec/sealedsecrets.md} as they
 * stand there.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MovingOverIT {

    private static final String CHAPTERS = "spec/sealedsecrets.md";
    private static final String SYSTEM = "tenantry-system";
    private static final String SEALED_WITH = "tenantry.dev/sealed-with";
    private static final String MADE_OF = "tenantry.dev/made-of";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String UNOWNED = "unowned";
    private static final String PATCHED = "patched";
    private static final List<String> NAMES = List.of("strict", "namespace-wide", "cluster-wide", "templated",
            "immutable", "shrinks", PATCHED, UNOWNED);
    private static final Map<String, Secret> BY_THE_ORIGINAL = new HashMap<>();

    @TempDir
    private static Path folder;

    private static ControlPlane cluster;
    private static KubernetesClient client;
    private static Broker broker;
    private static BothControllers controllers;
    private static SealedNamespace team;
    private static ValueWatch values;
    private static DocumentedSteps over;
    private static DocumentedSteps back;

    @BeforeAll
    static void openByTheOriginal() throws Exception {
        over = DocumentedSteps.of(CHAPTERS, "## Moving over from the Bitnami controller");
        back = DocumentedSteps.of(CHAPTERS, "### And back");
        cluster = ControlPlane.start();
        client = cluster.client();
        broker = Broker.start();
        team = new SealedNamespace(client, cluster.newNamespace());
        controllers = BothControllers.with(cluster, broker, folder);
        controllers.installOriginal();
        Sealer sealer = sealer();
        for (Scope scope : Scope.values()) {
            team.apply(sealer.seal(team.plain(scope.toString(), Map.of("password", "of " + scope)), scope));
        }
        team.apply(shaped(sealer, "templated", template -> template.put("type", "example.com/database")
                .withObjectProperty("data")
                .put("url", "postgres://web:{{ .password }}@db")));
        team.apply(shaped(sealer, "immutable", template -> template.put("immutable", true)));
        team.apply(shaped(sealer, UNOWNED, template -> template.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put("sealedsecrets.bitnami.com/skip-set-owner-references", "true")));
        team.apply(sealer.seal(team.plain("shrinks", Map.of("stays", "one", "goes", "two")), Scope.STRICT));
        client.resource(new SecretBuilder(team.plain(PATCHED, Map.of("own", "of a person")).as(Secret.class))
                .editMetadata()
                .addToAnnotations("sealedsecrets.bitnami.com/patch", "true")
                .endMetadata()
                .build()).create();
        team.apply(shaped(sealer, PATCHED, template -> {}));
        // Its second look calls what it has not given an owner somebody else's.
        team.awaitFailed(UNOWNED, "");
        NAMES.stream().filter(name -> !name.equals(UNOWNED)).forEach(team::awaitSynced);
        NAMES.forEach(name -> BY_THE_ORIGINAL.put(name, team.secret(name)));
        values = ValueWatch.of(client, team.namespace());
    }

    @AfterAll
    static void stop() throws Exception {
        if (values != null) {
            values.close();
        }
        controllers.close();
        broker.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void theServiceGoesOnWhereTheControllerStops() throws Exception {
        // When
        controllers.follow(over.step(1));
        controllers.follow(over.step(2));
        controllers.stopOriginalAfter(over.step(3));
        controllers.installFrom(over.step(4));
        controllers.follow(over.step(4));
        controllers.startService(Map.of());
        NAMES.forEach(name -> soon(() -> assertThat(annotations(name)).containsKey(SEALED_WITH)));

        // Then
        String checked = controllers.follow(over.step(5));
        assertThat(checked).contains(NAMES.stream().map(name -> team.namespace() + "/" + name + "\n").toList());
        assertThat(NAMES).allSatisfy(name -> {
            team.awaitSynced(name);
            assertSameButForOurAnnotations(name);
            assertThat(values.writes(name)).isEqualTo(1);
        });
        assertNoValueHasChanged(Set.of());
    }

    @Test
    @Order(2)
    void whatTheOriginalWroteGoesWithItsPlaceInTheSealedSecret() throws Exception {
        // When
        team.apply(sealer().seal(team.plain("shrinks", Map.of("stays", "one")), Scope.STRICT));

        // Then
        soon(() -> assertThat(team.values("shrinks")).isEqualTo(Map.of("stays", "one")));
        team.awaitSynced("shrinks");
    }

    @Test
    @Order(3)
    void theControllerAndItsNamespaceAreNeededNoMore() throws Exception {
        // When
        controllers.follow(over.step(6));
        controllers.follow(over.step(7), 0);
        controllers.installWithoutComponents();
        controllers.follow(over.step(7), 1);
        // Beside, a key of its own is due.
        controllers.startService(Map.of("SECRETS_SERVICE_KEYS_CUTOFF_TIME",
                RFC_1123_DATE_TIME.format(OffsetDateTime.now(UTC))));
        soon(() -> assertThat(keys(SYSTEM)).hasSize(2));
        team.apply(sealer().seal(team.plain("later", Map.of("password", "by a key of the service")), Scope.STRICT));

        // Then
        assertThat(over.count()).isEqualTo(7);
        team.awaitSynced("later");
        client.secrets().inNamespace(team.namespace()).withName("strict").delete();
        soon(() -> assertThat(team.values("strict")).isEqualTo(Map.of("password", "of strict")));
        assertThat(controllers.service().log()).doesNotContainIgnoringCase("forbidden");
        assertNoValueHasChanged(Set.of("strict", "shrinks"));
    }

    @Test
    @Order(4)
    void theOriginalGoesOnWhereTheServiceStops() throws Exception {
        // When
        controllers.follow(back.step(1));
        controllers.follow(back.step(2), 1);
        controllers.startService(Map.of());
        controllers.installOriginal();
        controllers.follow(back.step(3));
        String checked = controllers.follow(back.step(4));
        team.apply(sealer().seal(team.plain("last", Map.of("password", "by the original again")), Scope.STRICT));

        // Then
        assertThat(back.count()).isEqualTo(4);
        assertThat(checked).contains("BEGIN CERTIFICATE");
        team.awaitSynced("last");
        NAMES.stream()
                .filter(name -> !name.equals(PATCHED) && !name.equals(UNOWNED))
                .forEach(name -> soon(() -> assertThat(annotations(name)).doesNotContainKeys(SEALED_WITH, MADE_OF)));
        assertThat(NAMES).filteredOn(name -> !name.equals(UNOWNED)).allSatisfy(team::awaitSynced);
        assertThat(team.values("later")).isEqualTo(Map.of("password", "by a key of the service"));
        assertThat(keys("kube-system")).hasSize(2);
        client.secrets().inNamespace(team.namespace()).withName("later").delete();
        soon(
                () -> assertThat(team.values("later"))
                        .isEqualTo(Map.of("password", "by a key of the service")));
        assertNoValueHasChanged(Set.of("strict", "shrinks", "later"));
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(assertion);
    }

    private static void assertSameButForOurAnnotations(String name) {
        Secret before = BY_THE_ORIGINAL.get(name);
        Secret now = team.secret(name);
        Map<String, String> annotations = new HashMap<>(annotations(name));
        assertThat(annotations).containsKeys(SEALED_WITH, MADE_OF);
        annotations.keySet().removeAll(Set.of(SEALED_WITH, MADE_OF));
        ObjectMeta was = before.getMetadata();
        assertThat(now.getData()).isEqualTo(before.getData());
        assertThat(now.getType()).isEqualTo(before.getType());
        assertThat(now.getImmutable()).isEqualTo(before.getImmutable());
        assertThat(now.getMetadata().getUid()).isEqualTo(was.getUid());
        assertThat(now.getMetadata().getLabels()).isEqualTo(was.getLabels());
        assertThat(now.getMetadata().getOwnerReferences()).isEqualTo(was.getOwnerReferences());
        assertThat(annotations).isEqualTo(was.getAnnotations() == null ? Map.of() : was.getAnnotations());
    }

    /** Assert that at no moment a Secret has held anything else, but for those that were changed or deleted here. */
    private static void assertNoValueHasChanged(Set<String> changed) {
        assertThat(values.seen()).containsKeys(NAMES.toArray(String[]::new)).allSatisfy((name, seen) -> {
            if (!changed.contains(name)) {
                assertThat(seen).as(name).hasSize(1);
            }
        });
    }

    private static Map<String, String> annotations(String name) {
        Map<String, String> annotations = team.secret(name).getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static List<Secret> keys(String namespace) {
        return client.secrets()
                .inNamespace(namespace)
                .withLabel("sealedsecrets.bitnami.com/sealed-secrets-key", "active")
                .list()
                .getItems();
    }

    /** Seal by the certificate that whoever is in charge gives to kubeseal. */
    private static Sealer sealer() throws Exception {
        byte[] certificate = controllers.certificate().getBytes(US_ASCII);
        return new Sealer((RSAPublicKey) Pem.certificate(certificate).getPublicKey());
    }

    /** Seal a Secret with labels and annotations, and change its template. */
    private static Manifest shaped(Sealer sealer, String name, Consumer<ObjectNode> change) {
        Manifest plain = team.plain(name, Map.of("password", "of " + name))
                .withLabels(Map.of("app", name))
                .withAnnotations(Map.of("note", "of the template"));
        return sealer.seal(plain, Scope.STRICT).with(json -> {
            change.accept(json.withObjectProperty("spec").withObjectProperty("template"));
            return json;
        });
    }
}
