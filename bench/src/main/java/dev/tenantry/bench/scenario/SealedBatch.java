package dev.tenantry.bench.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Watched;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.Sealing;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;

/** SealedSecrets of one value each over several namespaces, and what becomes of them. */
final class SealedBatch implements AutoCloseable {

    private static final int NAMESPACES = 10;
    private static final int CREATED_AT_ONCE = 8;

    private final Rig rig;
    private final List<GenericKubernetesResource> sealed;
    private final Watched<GenericKubernetesResource> sealedSecrets;

    /** Seal them; nothing is made in the cluster yet but the namespaces. */
    SealedBatch(Rig rig, Sealing sealing, String name, int size) {
        this.rig = rig;
        List<String> namespaces = IntStream.range(0, Math.min(NAMESPACES, size))
                .mapToObj(i -> rig.namespace(name + "-" + i))
                .toList();
        this.sealed = IntStream.range(0, size)
                .mapToObj(i -> "%s-%05d".formatted(name, i))
                .map(each -> sealing.seal(
                        new FluxObjects.Place(rig.run(), namespaces.get(number(each) % namespaces.size()), each),
                        value(each)))
                .toList();
        this.sealedSecrets = Watched.of(rig.client()
                .genericKubernetesResources(Sealing.API_VERSION, Sealing.KIND)
                .inAnyNamespace()
                .withLabel(FluxObjects.RUN_LABEL, rig.run()));
    }

    /** Make them, several at a time, and return them as they are then. */
    List<GenericKubernetesResource> create() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CREATED_AT_ONCE)) {
            List<Future<GenericKubernetesResource>> created = new ArrayList<>();
            sealed.forEach(each -> created.add(threads.submit(() -> rig.client().resource(each).create())));
            List<GenericKubernetesResource> all = new ArrayList<>();
            for (Future<GenericKubernetesResource> each : created) {
                all.add(each.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The SealedSecrets can't be made", e.getCause());
        }
    }

    /** Expect that each says that it has its Secret. */
    Expected expectOpened() {
        var expected = new Expected();
        sealed.stream()
                .map(each -> each.getMetadata().getName())
                .forEach(name -> expected.add(name, sealedSecrets.expect(name, SealedBatch::isSynced)));
        return expected;
    }

    /** Wait for what was expected, and return how long each took since a begin. */
    List<Duration> await(Expected expected, long begin) throws InterruptedException {
        return expected.await(begin, Fleet.limit(sealed), name -> sealedSecrets.get(name)
                .flatMap(SealedBatch::synced)
                .map(condition -> "Synced=%s %s: %s".formatted(condition.get("status"), condition.get("reason"),
                        condition.get("message")))
                .orElse("no word of its state"));
    }

    /**
     * Check the values once, after what is measured: to watch them would take the processors from it.
     *
     * @throws CommandFailure if a Secret is not what its SealedSecret says that it is
     */
    void check() {
        Map<String, Secret> secrets = rig.client()
                .secrets()
                .inAnyNamespace()
                .withLabel(FluxObjects.RUN_LABEL, rig.run())
                .list()
                .getItems()
                .stream()
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity()));
        for (GenericKubernetesResource each : sealed) {
            String name = each.getMetadata().getName();
            String value = Base64.getEncoder().encodeToString(value(name).getBytes(StandardCharsets.UTF_8));
            if (!secrets.containsKey(name) || !value.equals(secrets.get(name).getData().get(Sealing.KEY))) {
                throw new CommandFailure("the Secret of %s has not its value".formatted(name));
            }
        }
    }

    private static boolean isSynced(GenericKubernetesResource object) {
        Number observed = object.get("status", "observedGeneration");
        return observed != null && observed.longValue() == object.getMetadata().getGeneration()
                && synced(object).filter(condition -> "True".equals(condition.get("status"))).isPresent();
    }

    private static Optional<Map<String, Object>> synced(GenericKubernetesResource object) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return Optional.ofNullable(conditions)
                .flatMap(all -> all.stream().filter(each -> "Synced".equals(each.get("type"))).findFirst());
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static String value(String name) {
        return "the password of " + name;
    }

    @Override
    public void close() {
        sealedSecrets.close();
    }
}
