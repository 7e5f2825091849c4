package dev.tenantry.reconciler.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Bound how many requests of one piece of work are under way at once. */
public final class InFlight {

    private final int limit;

    public InFlight(int limit) {
        this.limit = limit;
    }

    /**
     * Ask for each item, in order; blocks until all answers are there, and gives them in the order of the items.
     *
     * <p>A request that fails lets those under way end, and no further one start, before it is thrown.
     */
    public <T, R> List<R> each(Collection<T> items, Function<T, CompletionStage<R>> request) {
        var waiting = new ArrayDeque<>(items);
        var answers = new ArrayList<R>(items.size());
        var underWay = new ArrayDeque<CompletableFuture<R>>();
        try {
            while (!waiting.isEmpty() || !underWay.isEmpty()) {
                while (!waiting.isEmpty() && underWay.size() < limit) {
                    underWay.add(request.apply(waiting.poll()).toCompletableFuture());
                }
                answers.add(underWay.poll().join());
            }
        } finally {
            underWay.forEach(each -> each.handle((answer, failure) -> null).join());
        }
        return answers;
    }
}
