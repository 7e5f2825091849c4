package dev.tenantry.access;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Tell what the one who asks may see and do; a REST resource gets it injected, for the request at hand. */
public interface Caller {

    /** Give who asks. */
    Identity identity();

    /** Tell whether the caller may do something; the stage may be waited for on a worker thread. */
    CompletionStage<Boolean> may(Permission permission);

    /**
     * Keep of a list what the caller may see, in its order.
     *
     * <p>Whoever may see all costs one question; else each namespace costs one, and each item of a namespace that the
     * caller may not see as a whole.
     *
     * @param permission what seeing an item takes, with the item's namespace and name
     */
    <T> CompletionStage<List<T>> visible(Collection<T> items, Function<T, Permission> permission);
}
