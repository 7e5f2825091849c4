package dev.tenantry.testkit.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What the platform threads of another JVM do, which often tells why it is not ready. */
public final class ThreadDump {

    private static final Duration PRINTED_WITHIN = Duration.ofSeconds(1);

    private ThreadDump() {}

    /**
     * Let a JVM print it to its stdout, and wait until it has; no effect if it has ended. It goes on after that.
     *
     * @param jvm the process id; any other program would end by it
     */
    public static void print(long jvm) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(jvm))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.sleep(PRINTED_WITHIN);
    }
}
