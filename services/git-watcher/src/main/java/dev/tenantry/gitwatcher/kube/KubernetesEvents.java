package dev.tenantry.gitwatcher.kube;

import java.time.Clock;
import java.util.Map;

import org.jboss.logging.Logger;

import dev.tenantry.gitwatcher.Observation;
import dev.tenantry.gitwatcher.Observer;
import dev.tenantry.gitwatcher.Outcome;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.api.EventRecorder;
import dev.tenantry.kubernetes.api.EventRecorder.Type;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.source.GitRepository;

/** Kubernetes Events of what is news about a source, as {@code kubectl describe} and {@code flux events} show them. */
public final class KubernetesEvents implements Observer {

    private static final Logger LOG = Logger.getLogger(KubernetesEvents.class);

    private final EventRecorder recorder;

    public KubernetesEvents(ObjectApi api, Clock clock) {
        this.recorder = new EventRecorder(api, "source-controller", clock);
    }

    @Override
    public void observed(Observation observation) {
        if (!observation.isNews()) {
            return;
        }
        Source source = observation.source();
        switch (observation.outcome()) {
            case Outcome.Ready ready when ready.fresh() -> record(source, Type.NORMAL, Reason.NEW_ARTIFACT,
                    "stored artifact for commit '" + ready.commit().subject() + "'", Map.of(
                            GitRepository.GROUP + "/revision", ready.artifact().revision(),
                            GitRepository.GROUP + "/digest", ready.artifact().digest()));
            case Outcome.Ready ready -> record(source, Type.NORMAL, Reason.SUCCEEDED,
                    "artifact up-to-date with remote revision: '" + ready.artifact().revision() + "'", Map.of());
            case Outcome.Stalled(String reason, String message) -> record(
                    source, Type.WARNING, reason, message, Map.of());
            case Outcome.Failed(String reason, String message) -> record(
                    source, Type.WARNING, reason, message, Map.of());
        }
    }

    private void record(Source source, Type type, String reason, String message, Map<String, String> annotations) {
        recorder.record(subject(source), type, reason, message, annotations).whenComplete((recorded, failure) -> {
            if (failure != null) {
                // Events are for people who look later; the condition says the same.
                LOG.debugf(failure, "An event could not be written name=%s", source.name());
            }
        });
    }

    private static EventRecorder.Subject subject(Source source) {
        return new EventRecorder.Subject(KubernetesSources.TYPE.apiVersion(), GitRepository.KIND, source.name(),
                source.version().uid(), source.version().resourceVersion());
    }
}
