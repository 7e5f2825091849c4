package dev.tenantry.reconciler.compare;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.plan.Reason;

/** What a run would do to one object. */
public sealed interface Difference {

    ObjectRef object();

    /** Give the version of the object's kind, such as {@code v1}. */
    String version();

    /**
     * It would be made.
     *
     * @param note what the fields do not show; null where they show all
     */
    record Created(ObjectRef object, String version, List<FieldChange> fields, @Nullable String note)
            implements
                Difference {

        public Created {
            fields = List.copyOf(fields);
        }
    }

    /** It would be changed. */
    record Changed(ObjectRef object, String version, Reason reason, List<FieldChange> fields) implements Difference {

        public Changed {
            fields = List.copyOf(fields);
        }
    }

    /** It would be deleted, since the source no longer has it. */
    record Deleted(ObjectRef object, String version) implements Difference {}

    /** It would be left alone, and the run would fail, since it belongs to another Kustomization. */
    record Conflict(ObjectRef object, String version, NamespacedName owner) implements Difference {}

    /** The API server would refuse it. */
    record Refused(ObjectRef object, String version, Reason reason, String message) implements Difference {}
}
