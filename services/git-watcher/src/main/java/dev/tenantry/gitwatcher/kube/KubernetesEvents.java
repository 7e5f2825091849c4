package dev.tenantry.gitwatcher.kube;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.Observation;
import dev.tenantry.gitwatcher.Observer;
import dev.tenantry.gitwatcher.Outcome;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.source.GitRepository;

/** Kubernetes Events of what is news about a source, as {@code kubectl describe} and {@code flux events} show them. */
public final class KubernetesEvents implements Observer {

    private static final Logger LOG = Logger.getLogger(KubernetesEvents.class);
    private static final ResourceType TYPE = ResourceType.namespaced("", "v1", "Event", "events");
    private static final String CONTROLLER = "source-controller";
    private static final int LONGEST_MESSAGE = 1024;

    private final ObjectApi api;
    private final AtomicLong number = new AtomicLong(System.nanoTime());

    public KubernetesEvents(ObjectApi api) {
        this.api = api;
    }

    @Override
    public void observed(Observation observation) {
        if (!observation.isNews()) {
            return;
        }
        Source source = observation.source();
        switch (observation.outcome()) {
            case Outcome.Ready ready when ready.fresh() -> {
                ObjectNode event = event(observation, "Normal", Reason.NEW_ARTIFACT,
                        "stored artifact for commit '" + ready.commit().subject() + "'");
                event.withObjectProperty("metadata")
                        .putObject("annotations")
                        .put(GitRepository.GROUP + "/revision", ready.artifact().revision())
                        .put(GitRepository.GROUP + "/digest", ready.artifact().digest());
                post(source, event);
            }
            case Outcome.Ready ready -> post(source, event(observation, "Normal", Reason.SUCCEEDED,
                    "artifact up-to-date with remote revision: '" + ready.artifact().revision() + "'"));
            case Outcome.Stalled stalled -> post(
                    source, event(observation, "Warning", stalled.reason(), stalled.message()));
            case Outcome.Failed failed -> post(
                    source, event(observation, "Warning", failed.reason(), failed.message()));
        }
    }

    private ObjectNode event(Observation observation, String type, String reason, String message) {
        Source source = observation.source();
        Instant time = observation.endedAt().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("namespace", source.name().namespace())
                .put("name", source.name().name() + "." + Long.toHexString(number.incrementAndGet()));
        event.putObject("involvedObject")
                .put("apiVersion", KubernetesSources.TYPE.apiVersion())
                .put("kind", KubernetesSources.TYPE.kind())
                .put("namespace", source.name().namespace())
                .put("name", source.name().name())
                .put("uid", source.version().uid())
                .put("resourceVersion", source.version().resourceVersion());
        event.putObject("source").put("component", CONTROLLER);
        return event
                .put("type", type)
                .put("reason", reason)
                .put("message", message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE))
                .put("firstTimestamp", time.toString())
                .put("lastTimestamp", time.toString())
                .put("count", 1)
                .put("reportingComponent", CONTROLLER);
    }

    private void post(Source source, ObjectNode event) {
        api.create(TYPE, source.name().namespace(), event).whenComplete((created, failure) -> {
            if (failure != null) {
                // Events are for people who look later; the condition says the same.
                LOG.debugf(failure, "An event could not be written name=%s", source.name());
            }
        });
    }
}
