package dev.tenantry.gitwatcher.http;

import java.util.List;
import java.util.function.Function;

import dev.tenantry.gitwatcher.store.History;

/**
 * One page of a list, as REST gives it.
 *
 * @param items what is on the page
 * @param page its number, from 0
 * @param size how many items a page has at most
 * @param total how many items there are on all pages
 */
public record Page<T>(List<T> items, int page, int size, long total) {

    static final int MOST = 500;

    /** Cut a page out of a whole list. */
    static <S, T> Page<T> of(List<S> all, int page, int size, Function<S, T> view) {
        long from = Math.min((long) page * size, all.size());
        long to = Math.min(from + size, all.size());
        return new Page<>(all.subList((int) from, (int) to).stream().map(view).toList(), page, size, all.size());
    }

    /** Show a page that was read as one. */
    static <S, T> Page<T> of(History.Part<S> part, int page, int size, Function<S, T> view) {
        return new Page<>(part.items().stream().map(view).toList(), page, size, part.total());
    }
}
