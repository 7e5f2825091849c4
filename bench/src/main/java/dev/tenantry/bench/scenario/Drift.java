package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Watched;
import dev.tenantry.bench.workload.Application;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;

/** A hundred objects that somebody edits by hand: until each is as git has it. */
final class Drift implements Bench {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int EDITS = 100;
    private static final String EDITED = "edited.example.org";

    @Override
    public List<Phase> run(Rig rig, int size) throws InterruptedException {
        try (var fleet = new Fleet(rig, size, INTERVAL); var kinds = new Kinds(rig.client(), fleet.namespace())) {
            fleet.installed();
            rig.meters().awaitCalm();
            int edits = Math.min(EDITS, size * Application.OBJECTS);
            rig.say("editing %d objects".formatted(edits));
            Meters.Start start = rig.meters().start();
            List<Duration> times = new ArrayList<>();
            List<Edited> edited = new ArrayList<>();
            for (int i = 0; i < edits; i++) {
                edited.add(kinds.edit(i % Application.OBJECTS,
                        fleet.applications().get(i / Application.OBJECTS).object()));
            }
            for (Edited each : edited) {
                times.addAll(new Expected().add(each.name, each.restored)
                        .await(each.at, fleet.limit(), name -> "still edited"));
            }
            Cost cost = rig.meters().since(start);
            return List.of(new Phase("drift", "%d objects of %d applications, edited by hand".formatted(edits, size),
                    Wall.of(times), cost, Map.of()));
        }
    }

    /** An edit, when it was done, and when it was undone. */
    private record Edited(String name, long at, CompletableFuture<Long> restored) {}

    /** The kinds of an application's objects, each with an edit of what git says about it. */
    private static final class Kinds implements AutoCloseable {

        private final List<Kind<?>> all;

        Kinds(KubernetesClient client, String namespace) {
            all = List.of(
                    new Kind<>(namespace, client.apps().deployments(),
                            deployment -> container(deployment).getImage(),
                            deployment -> container(deployment).setImage(EDITED + "/web")),
                    new Kind<>(namespace, client.services(), service -> service.getSpec().getSelector(),
                            service -> service.getSpec().setSelector(Map.of("app", "edited"))),
                    new Kind<>(namespace, client.serviceAccounts(),
                            account -> account.getAutomountServiceAccountToken(),
                            account -> account.setAutomountServiceAccountToken(true)),
                    new Kind<>(namespace, client.network().v1().ingresses(),
                            ingress -> ingress.getSpec().getRules().getFirst().getHost(),
                            ingress -> ingress.getSpec().getRules().getFirst().setHost(EDITED)));
        }

        private static Container container(Deployment deployment) {
            return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        }

        Edited edit(int kind, String name) {
            return all.get(kind).edit(name);
        }

        @Override
        public void close() {
            all.forEach(Kind::close);
        }
    }

    /** Objects of one kind, and the field that is edited. */
    private static final class Kind<T extends HasMetadata> implements AutoCloseable {

        private final String namespace;
        private final MixedOperation<T, ?, ? extends Resource<T>> objects;
        private final Function<T, Object> field;
        private final Consumer<T> edit;
        private final Watched<T> watched;

        Kind(String namespace, MixedOperation<T, ?, ? extends Resource<T>> objects, Function<T, Object> field,
                Consumer<T> edit) {
            this.namespace = namespace;
            this.objects = objects;
            this.field = field;
            this.edit = edit;
            this.watched = Watched.of(objects.inNamespace(namespace));
        }

        Edited edit(String name) {
            var original = new AtomicReference<Object>();
            T after = objects.inNamespace(namespace).withName(name).edit(object -> {
                original.set(field.apply(object));
                edit.accept(object);
                return object;
            });
            long at = System.nanoTime();
            long version = version(after);
            return new Edited(name, at, watched.expect(name,
                    object -> version(object) > version && original.get().equals(field.apply(object))));
        }

        /** Versions grow, and since Kubernetes 1.35 they may be compared. */
        private static long version(HasMetadata object) {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        }

        @Override
        public void close() {
            watched.close();
        }
    }
}
