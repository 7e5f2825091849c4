package dev.tenantry.gitwatcher.kube;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Reason;

/** Say on an object itself that it cannot be read: only a change of it helps, and it must not stop the others. */
final class UnreadableObjects {

    private static final Logger LOG = Logger.getLogger(UnreadableObjects.class);

    private final ObjectApi api;
    private final ResourceType type;
    private final String manager;
    private final Clock clock;

    UnreadableObjects(ObjectApi api, ResourceType type, String manager, Clock clock) {
        this.api = api;
        this.type = type;
        this.manager = manager;
        this.clock = clock;
    }

    /** Set Stalled and Ready=False, without waiting for it. */
    void report(ObjectNode object, UnreadableObjectException cause) {
        NamespacedName name = ObjectReader.name(object);
        long generation = ObjectReader.version(object).generation();
        JsonNode status = object.path("status");
        if (status.path("observedGeneration").asLong(-1) == generation
                && status.path("conditions").path(0).path("reason").asText().equals(Reason.UNREADABLE)) {
            return;
        }
        LOG.warnf("An object cannot be read kind=%s name=%s reason=%s", type.kind(), name, cause.getMessage());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode patched = body.putObject("status").put("observedGeneration", generation);
        ArrayNode conditions = patched.putArray("conditions");
        conditions.add(condition(ConditionType.STALLED, "True", cause, generation));
        conditions.add(condition(ConditionType.READY, "False", cause, generation));
        Patch patch = Patch.merge(body)
                .onStatus()
                .by(manager)
                .onlyIf(ObjectReader.version(object).resourceVersion());
        api.patch(type.at(name.namespace(), name.name()), patch).whenComplete((written, failure) -> {
            if (failure != null) {
                // The object changed, or the server is away: the watch brings it again in either case.
                LOG.debugf(failure, "An unreadable object could not be marked name=%s", name);
            }
        });
    }

    private ObjectNode condition(String condition, String status, UnreadableObjectException cause, long generation) {
        return JsonNodeFactory.instance.objectNode()
                .put("type", condition)
                .put("status", status)
                .put("reason", Reason.UNREADABLE)
                .put("message", cause.getMessage())
                .put("observedGeneration", generation)
                .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
