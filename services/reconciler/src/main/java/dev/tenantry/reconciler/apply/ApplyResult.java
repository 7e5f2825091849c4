package dev.tenantry.reconciler.apply;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.plan.Change;

/**
 * What applying a plan did.
 *
 * @param written the objects that were written, in order
 * @param kept objects that turned out to exist, and that a marker keeps from being changed
 * @param taken objects that turned out to be another live Kustomization's
 * @param failures the objects that were not written, with the reason
 * @param notTried objects of later stages, left alone since an earlier stage had failures
 */
public record ApplyResult(List<Result> written, Set<ObjectRef> kept, SortedMap<ObjectRef, NamespacedName> taken,
        SortedMap<ObjectRef, NotWritten> failures, List<ObjectRef> notTried) {

    /** One object that was written. */
    public record Result(Change change, ObjectWriter.Written written, Action action) {

        /** Tell which object it is: the API server takes the namespace off what its kind does not put into one. */
        public ObjectRef ref() {
            return written.live().ref();
        }
    }

    public boolean isComplete() {
        return failures.isEmpty();
    }

    public long count(Action action) {
        return written.stream().filter(each -> each.action() == action).count();
    }
}
