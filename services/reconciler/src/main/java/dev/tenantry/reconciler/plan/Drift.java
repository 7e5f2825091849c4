package dev.tenantry.reconciler.plan;

import java.util.List;
import java.util.Optional;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.watch.FieldPaths;

/**
 * What somebody else made of an object.
 *
 * @param manager who changed it last; empty where it was deleted, or nobody's entry tells
 * @param fields that this manager has now and that git sets, as in {@code .spec.replicas}; never their values
 */
public record Drift(String manager, List<String> fields) {

    private static final int NAMED = 5;

    /** Tell what happened to an object, which is empty where it is gone. */
    public static Drift of(Manifest desired, Optional<LiveObject> live) {
        return live.map(LiveObject::other)
                .map(other -> new Drift(other.manager(), FieldPaths.of(other.fields(), desired.json())))
                .orElseGet(() -> new Drift("", List.of()));
    }

    /** Say who changed what, for a person. */
    public String words() {
        if (manager.isEmpty()) {
            return "";
        }
        String more = fields.size() > NAMED ? " and " + (fields.size() - NAMED) + " more" : "";
        return " by " + manager + (fields.isEmpty()
                ? ""
                : ": " + String.join(", ", fields.subList(0, Math.min(NAMED, fields.size()))) + more);
    }
}
