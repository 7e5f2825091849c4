package dev.tenantry.reconciler.build;

import java.time.Duration;
import java.util.List;

import dev.tenantry.kubernetes.Manifest;

/** What a build came to. */
public sealed interface BuildResult {

    /** Give what the build read, for {@link RecordedInputs#sameIn}. */
    RecordedInputs inputs();

    /**
     * The objects that should exist.
     *
     * @param objects in the order in which kustomize wrote them, which the kustomization may ask for
     */
    record Built(List<Manifest> objects, RecordedInputs inputs, Duration duration) implements BuildResult {

        public Built {
            objects = List.copyOf(objects);
        }
    }

    /**
     * The source or the Kustomization is wrong, or asks for more than the limits allow.
     *
     * @param reason the reason of the Ready condition, as Flux names it
     * @param message what is wrong, where, and what to do; paths are those of the source
     * @param inputs what was read until then; {@link RecordedInputs#unknown()} when a new try may end otherwise
     */
    record BuildFailed(Reason reason, String message, RecordedInputs inputs) implements BuildResult, Printout {}

    /** Why a build failed, by the names of Flux's condition reasons. */
    enum Reason {
        /** The source has no folder at {@code spec.path}. */
        ARTIFACT_FAILED("ArtifactFailed"),
        /** The files or the Kustomization's fields cannot be built. */
        BUILD_FAILED("BuildFailed");

        private final String conditionReason;

        Reason(String conditionReason) {
            this.conditionReason = conditionReason;
        }

        /** Give the reason as it stands in a condition. */
        public String conditionReason() {
            return conditionReason;
        }
    }
}
