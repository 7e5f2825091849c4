package dev.tenantry.testkit.api;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Say what shall happen to the next matching requests: {@code proxy.when(Calls.applying("services")).times(2).answer(409)}. */
public final class FaultPlan {

    private final Calls calls;
    private final int times;
    private final Consumer<Fault> taker;

    FaultPlan(Calls calls, int times, Consumer<Fault> taker) {
        this.calls = calls;
        this.times = times;
        this.taker = taker;
    }

    /** Let it happen to so many requests; to one unless said, to all with {@link Integer#MAX_VALUE}. */
    public FaultPlan times(int number) {
        return new FaultPlan(calls, number, taker);
    }

    /** Answer with an error that the server did not make, with the usual reason for the code. */
    public void answer(int code) {
        add(new Fault.Action.Answer(code, reason(code), OptionalInt.empty()));
    }

    /** Answer 429 and ask to wait. */
    public void answerTooMany(int retryAfterSeconds) {
        add(new Fault.Action.Answer(429, reason(429), OptionalInt.of(retryAfterSeconds)));
    }

    /** Close the connection; the server never hears of the request. */
    public void breakConnection() {
        add(new Fault.Action.Break());
    }

    /** Let the server do it, and close the connection instead of telling so. */
    public void loseAnswer() {
        add(new Fault.Action.LoseAnswer());
    }

    /** Keep the request for a while before the server hears of it. */
    public void delay(Duration by) {
        add(new Fault.Action.Delay(by));
    }

    private void add(Fault.Action action) {
        taker.accept(new Fault(calls, action, times));
    }

    private static String reason(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "";
        };
    }
}
