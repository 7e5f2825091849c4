package dev.tenantry.reconciler;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Variables;

/**
 * Names all that a render and its application depend on besides files: fields, variables, account, worker.
 * <p>
 * To make one costs more than all else that a run does which finds everything as it was; so it is kept with what it was
 * made of.
 *
 * @param value stands for what it was made of
 */
record RenderingKey(String value, Basis basis) {

    /** What a key is made of; the worker's version is the same for as long as this process lives. */
    record Basis(KustomizationSpec spec, String sourceUid, @Nullable String ignore, List<Variables.Origin> origins,
            Account account) {

        static Basis of(Target target, SourceRevision source, Variables.Resolved variables, Account account) {
            return new Basis(target.spec(), source.uid(), source.ignore(), variables.origins(), account);
        }
    }
}
