package dev.tenantry.bench.rig;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.tenantry.bench.workload.FluxKind;
import dev.tenantry.bench.workload.FluxObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** The Kustomizations of a run in one namespace. */
public final class Targets implements AutoCloseable {

    private static final int CREATED_AT_ONCE = 8;

    private final Rig rig;
    private final String namespace;
    private final Watched<GenericKubernetesResource> watched;

    public Targets(Rig rig, String namespace) {
        this.rig = rig;
        this.namespace = namespace;
        this.watched = Watched.of(FluxKind.KUSTOMIZATION.in(rig.client())
                .inNamespace(namespace)
                .withLabel(FluxObjects.RUN_LABEL, rig.run()));
    }

    public String namespace() {
        return namespace;
    }

    /** Make them, several at a time. */
    public void create(List<GenericKubernetesResource> kustomizations) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CREATED_AT_ONCE)) {
            List<Future<GenericKubernetesResource>> created = kustomizations.stream()
                    .map(each -> threads.submit(() -> FluxKind.KUSTOMIZATION.in(rig.client())
                            .inNamespace(namespace)
                            .resource(each)
                            .create()))
                    .toList();
            for (Future<GenericKubernetesResource> each : created) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The Kustomizations can't be made", e.getCause());
        }
    }

    /** Expect some to be Ready with a commit applied. */
    public Expected readyAt(Collection<String> names, String commit) {
        var expected = new Expected();
        names.forEach(name -> expected.add(name, watched.expect(name, target -> isReadyAt(target, commit))));
        return expected;
    }

    /** Wait for what is expected of the targets, and return how long each took since a begin. */
    public List<Duration> await(Expected expected, long begin, Duration limit) throws InterruptedException {
        return expected.await(begin, limit, this::state);
    }

    private String state(String name) {
        return watched.get(name)
                .flatMap(Targets::ready)
                .map(condition -> "%s=%s %s: %s".formatted(condition.get("type"), condition.get("status"),
                        condition.get("reason"), condition.get("message")))
                .orElse("no word of its state");
    }

    private static boolean isReadyAt(GenericKubernetesResource target, String commit) {
        String revision = target.get("status", "lastAppliedRevision");
        Number observed = target.get("status", "observedGeneration");
        return revision != null && revision.endsWith(commit)
                && observed != null && observed.longValue() == target.getMetadata().getGeneration()
                && ready(target).filter(condition -> "True".equals(condition.get("status"))).isPresent();
    }

    private static Optional<Map<String, Object>> ready(GenericKubernetesResource target) {
        List<Map<String, Object>> conditions = target.get("status", "conditions");
        return Optional.ofNullable(conditions)
                .flatMap(
                        all -> all.stream().filter(condition -> "Ready".equals(condition.get("type"))).findFirst());
    }

    @Override
    public void close() {
        watched.close();
    }
}
