package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.rig.Watched;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;

/** One team's pushes of one target, alone and beside another team that pushes many targets which fail. */
final class Fair implements Bench {

    private static final int ROUNDS = 6;
    private static final int PUSHES_A_ROUND = 5;
    /** Not counted: what has never run yet is slow. */
    private static final int WARM_UP = 5;

    @Override
    public List<Phase> run(Rig rig, int size) throws InterruptedException {
        String patient = team(rig, "patient");
        String failing = team(rig, "failing");
        try (var targets = new Targets(rig, patient);
                var configMaps = Watched.of(rig.client().configMaps().inNamespace(patient));
                var others = new FailingTeam(rig, failing, size)) {
            Pipeline pipeline = Pipeline.lay(rig, new Pipeline.Home(targets, configMaps, patient), "patient");
            for (int i = 0; i < WARM_UP; i++) {
                pipeline.push();
            }
            Phase alone = measure(rig, "alone", "pushes of one team, alone", pipeline, round -> {});
            Phase beside = measure(rig, "beside", "pushes of one team, beside %d targets of another that fail"
                    .formatted(size), pipeline, round -> {
                        if (round == 0) {
                            others.begin();
                        }
                        others.pushAll();
                    });
            double ratio = (double) beside.wall().p99().toNanos() / alone.wall().p99().toNanos();
            return List.of(beside.with("times_alone_p99", Math.round(100 * ratio) / 100.0), alone);
        }
    }

    /** Make a namespace in which its account {@code default} may do what a team needs. */
    private static String team(Rig rig, String name) {
        String namespace = rig.namespace(name);
        rig.client()
                .resource(new RoleBindingBuilder().withNewMetadata()
                        .withNamespace(namespace)
                        .withName("bench")
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("ClusterRole")
                        .withName("admin")
                        .endRoleRef()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(namespace)
                        .withName("default")
                        .endSubject()
                        .build())
                .create();
        return namespace;
    }

    /** What happens before a round of pushes. */
    private interface Disturbance {
        void before(int round) throws InterruptedException;
    }

    private static Phase measure(Rig rig, String name, String what, Pipeline pipeline, Disturbance disturbance)
            throws InterruptedException {
        rig.meters().awaitCalm();
        rig.say(what);
        List<Duration> times = new ArrayList<>();
        Meters.Start start = rig.meters().start();
        for (int i = 0; i < ROUNDS; i++) {
            disturbance.before(i);
            for (int j = 0; j < PUSHES_A_ROUND; j++) {
                times.add(pipeline.push());
            }
        }
        // What the other team's last push began is part of the cost.
        rig.meters().awaitCalm();
        return new Phase(name, what, Wall.of(times), rig.meters().since(start), Map.of());
    }
}
