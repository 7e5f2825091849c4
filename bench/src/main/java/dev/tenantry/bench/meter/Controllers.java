package dev.tenantry.bench.meter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.terminal.CommandFailure;

/** The metrics of those controllers that count their work as Tenantry's reconciler does. */
final class Controllers {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A gauge that each reconciler shows from its start. */
    private static final String RECONCILER = "reconciler_queue_waiting";

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final List<URI> reconcilers;

    /** @param addresses where some controllers listen; those that are no reconcilers are passed over */
    Controllers(List<URI> addresses) throws InterruptedException {
        this.reconcilers = List.copyOf(reconcilers(addresses));
    }

    private List<URI> reconcilers(List<URI> addresses) throws InterruptedException {
        var found = new ArrayList<URI>();
        for (URI address : addresses) {
            String metrics = metrics(address);
            if (metrics != null && Sample.read(metrics, RECONCILER).findAny().isPresent()) {
                found.add(address);
            }
        }
        return found;
    }

    /** Return the sum over all reconcilers; nothing if the controllers are others. */
    Optional<ControllerCounts> read() throws InterruptedException {
        if (reconcilers.isEmpty()) {
            return Optional.empty();
        }
        ControllerCounts sum = ControllerCounts.NONE;
        for (URI reconciler : reconcilers) {
            String metrics = metrics(reconciler);
            if (metrics == null) {
                throw new CommandFailure("the reconciler at %s no longer tells its metrics".formatted(reconciler));
            }
            sum = sum.plus(ControllerCounts.read(metrics));
        }
        return Optional.of(sum);
    }

    private @Nullable String metrics(URI address) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address.resolve("/q/metrics")).timeout(TIMEOUT).build();
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : null;
        } catch (IOException e) {
            // What listens there does not speak HTTP.
            return null;
        }
    }
}
