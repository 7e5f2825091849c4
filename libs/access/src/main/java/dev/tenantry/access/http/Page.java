package dev.tenantry.access.http;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tenantry.access.Caller;

/**
 * One page of a list, as REST gives it.
 *
 * @param items what is on the page
 * @param page its number, from 0
 * @param size how many items a page has at most
 * @param total how many items there are on all pages
 */
public record Page<T>(
        @Schema(description = "What is on the page") List<T> items,
        @Schema(description = "Its number, from 0") int page,
        @Schema(description = "How many items a page has at most") int size,
        @Schema(description = "How many items there are on all pages") long total) {

    /** What OpenAPI says of a list that holds what its caller may see. */
    public static final String OF_WHAT_IS_VISIBLE = "Rights to single objects, by their names, count while the list has at "
            + "most " + Caller.MOST_SINGLE + " objects of namespaces that the caller may not see as a whole: name a "
            + "namespace to make it short. The path of an object itself asks for the right to it in any case.";

    public Page {
        items = List.copyOf(items);
    }

    /** Give the same page of what a function makes of its items. */
    public <R> Page<R> map(Function<? super T, ? extends R> view) {
        return new Page<>(items.stream().<R>map(view).toList(), page, size, total);
    }
}
