package dev.tenantry.events;

import java.time.Instant;
import java.util.List;

/**
 * Someone changed an object of a target, and it was changed back.
 *
 * @param target the target object
 * @param object the object that had drifted
 * @param manager the field manager that had changed it, empty if it was deleted or its manager is unknown
 * @param fields the fields that had drifted, as in {@code .spec.replicas}; never their values
 * @param correctedAt when it was restored
 */
public record DriftCorrected(Subject target, Subject object, String manager, List<String> fields,
        Instant correctedAt) implements Event {

    public static final String TYPE = "dev.tenantry.drift-corrected.v1";

    public DriftCorrected {
        Require.present(target, "target");
        Require.present(object, "object");
        Require.present(manager, "manager");
        fields = List.copyOf(Require.present(fields, "fields"));
        fields.forEach(field -> Require.text(field, "field"));
        Require.present(correctedAt, "correctedAt");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.TARGETS;
    }

    @Override
    public Subject subject() {
        return target;
    }

    @Override
    public Instant occurredAt() {
        return correctedAt;
    }
}
