package dev.tenantry.reconciler;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.Outcome.On;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.source.Content;
import dev.tenantry.reconciler.source.Resolution;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Variables;

/** Find what a target is rendered from, and what speaks against applying it: the same for runs and for comparisons. */
final class Inputs {

    private final Ports ports;
    private final TenancyPolicy policy;
    private final Duration dependencyRetry;

    /** @param dependencyRetry between looks at a dependency that does not wake us up */
    Inputs(Ports ports, TenancyPolicy policy, Duration dependencyRetry) {
        this.ports = ports;
        this.policy = policy;
        this.dependencyRetry = dependencyRetry;
    }

    /** Tell what in the spec or the inventory keeps the target from being rendered at all. */
    Optional<Outcome> refusal(Target target) {
        Optional<String> flaw = target.flaw();
        if (flaw.isPresent()) {
            return Optional.of(new Outcome.Stalled(Reason.UNREADABLE, flaw.get()));
        }
        List<String> fields = target.spec().unsupportedFields();
        if (!fields.isEmpty()) {
            return Optional.of(
                    new Outcome.Stalled(Reason.UNSUPPORTED_FIELD, "not supported yet: " + String.join(", ", fields)));
        }
        return policy.violation(target).map(message -> new Outcome.Stalled(Reason.ACCESS_DENIED, message));
    }

    Input<SourceRevision> revision(Target target) {
        return switch (ports.sources().resolve(target.source())) {
            case Resolution.NotFound missing -> missing(target, missing.message());
            case Resolution.NotReady notReady -> missing(target, notReady.message());
            case Resolution.Found found -> new Input.Given<>(found.revision());
        };
    }

    /** Tell which dependency has to be ready before the revision may be applied, if any has. */
    Optional<Outcome> dependency(Target target, SourceRevision source) {
        return new Dependencies(ports.targets()).missing(target, source.revision())
                .map(message -> new Outcome.Waiting(On.DEPENDENCY, Reason.DEPENDENCY_NOT_READY, message,
                        dependencyRetry));
    }

    /** Read the target's variables; blocks. */
    Input<Variables.Resolved> variables(Target target) {
        Variables variables = target.spec().postBuild() == null
                ? Variables.NONE
                : ports.variables().read(target.name().namespace(), target.spec().postBuild().substituteFrom());
        return switch (variables) {
            case Variables.Unresolved unresolved -> new Input.Missing<>(
                    new Outcome.Failed(Reason.BUILD_FAILED, unresolved.message()));
            case Variables.Resolved resolved -> new Input.Given<>(resolved);
        };
    }

    /** Open the source's files; blocks while they are fetched. */
    Input<SourceTree> content(Target target, SourceRevision source) {
        return switch (ports.sources().open(source)) {
            case Content.Unavailable unavailable -> missing(target, unavailable.message());
            case Content.Available available -> new Input.Given<>(available.tree());
        };
    }

    /** Tell whether nothing was rendered where something is applied, so that all of it would be deleted. */
    Optional<Outcome> emptiness(Target target, List<Manifest> rendered) {
        Inventory inventory = Inventory.of(target.status());
        if (!rendered.isEmpty() || inventory.isEmpty() || target.allowsEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Outcome.Stalled(Reason.EMPTY_RENDER,
                "the source renders no objects, but %d are applied: if all shall go, set the annotation tenantry.dev/allow-empty: \"true\""
                        .formatted(inventory.entries().size())));
    }

    private static <T> Input<T> missing(Target target, String message) {
        return new Input.Missing<>(new Outcome.Waiting(On.SOURCE, Reason.ARTIFACT_FAILED, message,
                target.spec().effectiveRetryInterval()));
    }
}
