package dev.tenantry.reconciler;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.plan.Drift;

/** Tell several announcers; the trouble of one keeps neither the others nor the run from going on. */
public final class Announcers implements Announcer {

    private static final Logger LOGGER = LoggerFactory.getLogger(Announcers.class);

    private final List<Announcer> all;

    public Announcers(List<Announcer> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void built(Target target) {
        each(announcer -> announcer.built(target));
    }

    @Override
    public void delivered(Target target, RunReport.Counts counts) {
        each(announcer -> announcer.delivered(target, counts));
    }

    @Override
    public void ended(RunReport report) {
        each(announcer -> announcer.ended(report));
    }

    @Override
    public void remembered(Target target, RememberedBuild build) {
        each(announcer -> announcer.remembered(target, build));
    }

    @Override
    public void forgotten(NamespacedName target) {
        each(announcer -> announcer.forgotten(target));
    }

    @Override
    public void driftCorrected(Target target, ObjectRef object, Drift drift) {
        each(announcer -> announcer.driftCorrected(target, object, drift));
    }

    @Override
    public void driftHeldBack(Target target, ObjectRef object, Drift drift) {
        each(announcer -> announcer.driftHeldBack(target, object, drift));
    }

    private void each(Consumer<Announcer> call) {
        for (Announcer announcer : all) {
            try {
                call.accept(announcer);
            } catch (RuntimeException e) {
                LOGGER.warn("an announcement failed announcer={}", announcer.getClass().getSimpleName(), e);
            }
        }
    }
}
