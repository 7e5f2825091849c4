package dev.tenantry.gitwatcher.http;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import dev.tenantry.access.Authentication;
import dev.tenantry.access.Authenticator;
import dev.tenantry.access.Credentials;
import dev.tenantry.access.Identity;
import dev.tenantry.access.http.Problem;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.http.HttpServerRequest;

/**
 * Let only named consumers fetch content: by a service account's token for the audience {@code git-watcher}, or from
 * this machine by the token that parts of one process share.
 */
@Singleton
class ConsumerGate {

    private static final String ACCOUNT = "system:serviceaccount:";

    private final Authenticator authenticator;
    private final Set<String> consumers;

    ConsumerGate(@Identifier("git-watcher") Authenticator authenticator, GitWatcherConfig config) {
        this.authenticator = authenticator;
        this.consumers = config.consumers().stream().map(name -> ACCOUNT + name).collect(Collectors.toSet());
    }

    /** Give the answer to a request that may not fetch, empty for one that may. */
    Optional<Response> refusal(HttpServerRequest request) {
        String address = request.connection().remoteAddress(true).hostAddress();
        Credentials credentials = Credentials.of(
                request.getHeader(HttpHeaders.AUTHORIZATION), address == null ? "" : address, null, null);
        String token = credentials.bearerToken();
        if (token == null) {
            return unauthorized("Content is for named consumers: send a token for the audience git-watcher.");
        }
        Authentication answer = authenticator.authenticate(token, credentials.from())
                .toCompletableFuture()
                .join();
        return switch (answer) {
            case Authentication.Refused(String detail) -> unauthorized(detail);
            case Authentication.Known(Identity.Local local) -> Optional.empty();
            case Authentication.Known(Identity.User user) -> consumers.contains(user.name())
                    ? Optional.empty()
                    : Optional.of(Problem.of(Response.Status.FORBIDDEN,
                            user.name() + " is none of the consumers in git-watcher.consumers.").response().build());
        };
    }

    private static Optional<Response> unauthorized(String detail) {
        return Optional.of(Problem.of(Response.Status.UNAUTHORIZED, detail)
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build());
    }
}
