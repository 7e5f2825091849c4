package dev.tenantry.secretsservice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.queue.OpeningQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/** Count what happens, by the names of the original controller's metrics where it has them. */
public final class Meters implements Observer, SealedSecrets.Listener {

    private static final String ORIGINAL = "sealed_secrets_controller.";
    private static final String INSTANCE = "ss_app_kubernetes_io_instance";
    private static final String ERRORS = ORIGINAL + "unseal.errors";
    private static final String NAMESPACE = "namespace";
    private static final String INSTANCE_LABEL = "app.kubernetes.io/instance";

    private final MeterRegistry registry;
    /** What a gauge of each SealedSecret shows: -1 for False, 0 for unknown, 1 for True. */
    private final Map<NamespacedName, ConditionGauge> conditions = new ConcurrentHashMap<>();

    private static final class ConditionGauge {

        private volatile int value;
        private volatile Meter.Id id;
    }

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder(ORIGINAL + "build_info", () -> 1)
                .description("Build information")
                .tag("revision", version())
                .register(registry);
        registry.counter(ORIGINAL + "unseal.requests");
    }

    /** Show what there is. */
    public void follow(OpeningQueue queue, Keys keys, Report report) {
        Gauge.builder("secrets_service.queue.depth", queue, OpeningQueue::depth)
                .description("SealedSecrets that wait for their turn")
                .register(registry);
        Gauge.builder("secrets_service.requests.coalesced", queue, OpeningQueue::coalesced)
                .description("Requests that were merged into another one, since the start")
                .register(registry);
        Gauge.builder("secrets_service.keys", keys, each -> each.ring().all().size())
                .description("Sealing keys in use")
                .register(registry);
        Gauge.builder("secrets_service.keys.unexported", keys, each -> each.unexported().size())
                .description("Sealing keys that would be lost with the cluster")
                .register(registry);
        Gauge.builder("secrets_service.sealed.with.old.key", report, Report::countOld)
                .description("SealedSecrets that need a key which has a successor")
                .register(registry);
    }

    @Override
    public void observed(Observation observation) {
        registry.counter(ORIGINAL + "unseal.requests").increment();
        switch (observation.outcome()) {
            case Outcome.Synced synced -> show(observation.sealed().name(), 1);
            case Outcome.Failed failed -> failed(observation, failed.step());
            case Outcome.Waiting waiting -> failed(observation, waiting.step());
        }
    }

    @Override
    public void seen(@Nullable KnownSealedSecret before, KnownSealedSecret now, Manifest object) {
        String instance = object.labels().getOrDefault(INSTANCE_LABEL, "");
        conditions.computeIfAbsent(now.name(), name -> register(name, instance));
        show(now.name(), now.synced().isTrue() ? 1 : now.synced().isFalse() ? -1 : 0);
    }

    @Override
    public void gone(NamespacedName name) {
        ConditionGauge gauge = conditions.remove(name);
        if (gauge != null) {
            registry.remove(gauge.id);
        }
        // Namespaces come and go, as those of previews do.
        if (conditions.keySet().stream().noneMatch(each -> each.namespace().equals(name.namespace()))) {
            registry.find(ERRORS).tag(NAMESPACE, name.namespace()).counters().forEach(registry::remove);
        }
    }

    private void failed(Observation observation, Outcome.Step step) {
        show(observation.sealed().name(), -1);
        registry.counter(ERRORS, "reason", step.toString(), NAMESPACE, observation.sealed().name().namespace())
                .increment();
    }

    private void show(NamespacedName name, int value) {
        ConditionGauge gauge = conditions.get(name);
        // None when it has just gone.
        if (gauge != null) {
            gauge.value = value;
        }
    }

    private ConditionGauge register(NamespacedName name, String instance) {
        ConditionGauge gauge = new ConditionGauge();
        gauge.id = Gauge.builder(ORIGINAL + "condition_info", gauge, each -> each.value)
                .description("The condition Synced: -1 (False), 0 (Unknown or absent), 1 (True)")
                .tags(NAMESPACE, name.namespace(), "name", name.name(), "condition", SyncedCondition.TYPE, INSTANCE,
                        instance)
                .register(registry)
                .getId();
        return gauge;
    }

    private static String version() {
        String version = Meters.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
