package dev.tenantry.reconciler;

/** Something that a render needs, or how a run ends that cannot have it. */
sealed interface Input<T> {

    record Given<T>(T value) implements Input<T> {}

    record Missing<T>(Outcome outcome) implements Input<T> {}
}
