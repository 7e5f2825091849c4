package dev.tenantry.reconciler.kube;

import java.time.Clock;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.reconciler.Target;

/** Ask whichever replica owns a target for a full run, by the annotation that its clients use as well. */
public final class RunRequests {

    private static final String MANAGER = "tenantry";

    private final ObjectApi api;
    private final Clock clock;

    RunRequests(ObjectApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /**
     * Put the request on the object; blocks.
     *
     * @return why it could not be done, empty when it was
     */
    public Optional<ApiError> request(NamespacedName target) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").putObject("annotations").put(Target.REQUESTED_AT, clock.instant().toString());
        var patch = Patch.merge(body).by(MANAGER);
        return switch (Answer.of(api.patch(KubeStatusWriter.TYPE.at(target.namespace(), target.name()), patch))) {
            case Answer.Given<ObjectNode> given -> Optional.empty();
            case Answer.Refused<ObjectNode> refused -> Optional.of(refused.error());
        };
    }
}
