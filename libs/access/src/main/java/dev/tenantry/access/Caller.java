package dev.tenantry.access;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Tell what the one who asks may see and do; a REST resource gets it injected, for the request at hand. */
public interface Caller {

    /** How many items of a list are asked for one by one. */
    int MOST_SINGLE = 100;

    /** Give who asks. */
    Identity identity();

    /** Tell whether the caller may do something; the stage may be waited for on a worker thread. */
    CompletionStage<Boolean> may(Permission permission);

    /**
     * Keep of a list what the caller may see, in its order.
     *
     * <p>Whoever may see all costs one question; else each namespace costs one, and each item of the namespaces that the
     * caller may not see as a whole, if there are no more than {@link #MOST_SINGLE} such items; if there are more, none of
     * them is kept. Eight questions are asked at a time.
     *
     * @param permission what seeing an item takes, with the item's namespace and name
     */
    <T> CompletionStage<List<T>> visible(Collection<T> items, Function<T, Permission> permission);
}
