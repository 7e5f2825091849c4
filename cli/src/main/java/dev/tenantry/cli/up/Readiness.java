package dev.tenantry.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.application.ThreadDump;

/**
 * Waits for a service's own word that it is ready (MicroProfile Health).
 *
 * @param timeout how long
 */
record Readiness(URI service, Duration timeout) {

    private static final Duration PAUSE = Duration.ofMillis(100);

    Readiness(URI service) {
        this(service, Duration.ofMinutes(2));
    }

    /**
     * Return once the service is ready.
     *
     * @param child its JVM
     * @throws CommandFailure if its process ends before, or if it is not ready in time: its log has a thread dump then,
     * since one that hangs says nothing by itself
     */
    void await(Child child) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        String answer = "no answer";
        long deadline = System.nanoTime() + timeout.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                try {
                    var response = client.send(request, BodyHandlers.ofString());
                    if (response.statusCode() == 200) {
                        return;
                    }
                    answer = response.body();
                } catch (IOException e) {
                    // It does not listen yet.
                    answer = e.toString();
                }
                if (!child.isAlive()) {
                    throw child.unexpectedEnd();
                }
                Thread.sleep(PAUSE);
            }
        }
        // Near to none means that it waits for something, much that the machine is slow.
        String processor = ProcessHandle.of(child.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> ", after " + time.toMillis() + " ms of processor time")
                .orElse("");
        ThreadDump.print(child.pid());
        throw new CommandFailure("%s is not ready after %d s (%s)%s; see %s, which ends with a dump of its threads"
                .formatted(service, timeout.toSeconds(), answer, processor, child.log()));
    }
}
