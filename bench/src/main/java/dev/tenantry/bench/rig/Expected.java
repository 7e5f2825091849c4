package dev.tenantry.bench.rig;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import dev.tenantry.cli.terminal.CommandFailure;

/** Things that shall happen, by name, and the times since a begin at which they do. */
public final class Expected {

    private static final int NAMED = 3;

    private final Map<String, CompletableFuture<Long>> times = new LinkedHashMap<>();

    /** Add something that completes with the time, by {@link System#nanoTime}. */
    public Expected add(String name, CompletableFuture<Long> time) {
        times.put(name, time);
        return this;
    }

    /**
     * Wait for all.
     *
     * @param begin the time from which durations count
     * @param state tells how something that did not happen is instead
     * @throws CommandFailure if not all happen in time
     */
    public List<Duration> await(long begin, Duration limit, Function<String, String> state)
            throws InterruptedException {
        try {
            CompletableFuture.allOf(times.values().toArray(CompletableFuture[]::new))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return times.values().stream().map(time -> Duration.ofNanos(time.join() - begin)).toList();
        } catch (TimeoutException e) {
            List<String> missing = times.entrySet()
                    .stream()
                    .filter(entry -> !entry.getValue().isDone())
                    .map(Map.Entry::getKey)
                    .toList();
            String named = String.join("; ", missing.stream()
                    .limit(NAMED)
                    .map(name -> name + ": " + state.apply(name))
                    .toList());
            throw new CommandFailure("%d of %d are not there after %d s (%s)".formatted(missing.size(), times.size(),
                    limit.toSeconds(), named), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Looking at an object failed", e.getCause());
        }
    }
}
