package dev.tenantry.testkit.api;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** What a proxy does to some requests; made by {@link ApiProxy#when}. */
final class Fault {

    /** How a request is spoiled. */
    sealed interface Action {

        /** Answers instead of the server. */
        record Answer(int code, String reason, OptionalInt retryAfterSeconds) implements Action {}

        /** Closes the connection without an answer. */
        record Break() implements Action {}

        /** Passes the request on after a while. */
        record Delay(Duration by) implements Action {}

        /** Passes the request on at once and closes the connection instead of passing the answer back. */
        record LoseAnswer() implements Action {}
    }

    private final Calls calls;
    private final Action action;
    private final AtomicInteger left;

    Fault(Calls calls, Action action, int times) {
        this.calls = calls;
        this.action = action;
        this.left = new AtomicInteger(times);
    }

    Action action() {
        return action;
    }

    /** Whether the fault falls on the request; counts it when so. */
    boolean strikes(ApiCall call) {
        return calls.matches().test(call) && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
    }
}
