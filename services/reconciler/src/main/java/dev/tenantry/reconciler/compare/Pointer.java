package dev.tenantry.reconciler.compare;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A place in a JSON document, printed as a JSON pointer (RFC 6901). */
record Pointer(List<String> steps) {

    static final Pointer ROOT = new Pointer(List.of());

    Pointer to(String step) {
        return new Pointer(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    /** Give the name of the field of the whole document that the place is in; empty for the document itself. */
    String first() {
        return steps.isEmpty() ? "" : steps.getFirst();
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
