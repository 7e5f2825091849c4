package dev.tenantry.access;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.api.ObjectApi;

/**
 * Guard the REST root of one service by the service's own settings.
 *
 * <p>Each service produces one as a {@code @Singleton} CDI bean; the filter in {@code dev.tenantry.access.http} takes the
 * one whose root the resource is below, so that services in one process share the filter and nothing else.
 */
public final class AccessGuard {

    private final String root;
    private final boolean required;
    private final Authenticator authenticator;
    private final Authorizer authorizer;

    private AccessGuard(String root, boolean required, Authenticator authenticator, Authorizer authorizer) {
        this.root = root;
        this.required = required;
        this.authenticator = authenticator;
        this.authorizer = authorizer;
    }

    /**
     * Guard what is below a path.
     *
     * @param root the first segment of the service's paths, such as {@code git-watcher}
     * @param httpHost the address on which the process listens for HTTP
     * @param api for the account that reviews tokens and rights
     * @throws IllegalStateException when the settings would let anyone in from other machines
     */
    public static AccessGuard of(String root, AccessConfig config, String httpHost, ObjectApi api) {
        if (!config.required() && !Loopback.isAddress(httpHost)) {
            throw new IllegalStateException(
                    ("%1$s.access.required is false, but HTTP listens on %2$s, which other machines can reach: listen on"
                            + " 127.0.0.1 (quarkus.http.host), or set %1$s.access.required to true")
                            .formatted(root, httpHost));
        }
        return new AccessGuard(
                root,
                config.required(),
                new Authenticator(
                        api,
                        config.audiences().orElse(List.of()),
                        config.localToken(),
                        config.cacheFor()),
                new Authorizer(api, config.cacheFor()));
    }

    /** Give the first segment of the paths that it guards. */
    public String root() {
        return root;
    }

    /** Tell whether a path is below the root of this guard. */
    public boolean covers(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return relative.equals(root) || relative.startsWith(root + "/");
    }

    /**
     * Find out who asks.
     *
     * @return failed with an {@link dev.tenantry.kubernetes.api.ApiException} when the API server could not be asked
     */
    public CompletionStage<Authentication> authenticate(Credentials credentials) {
        String token = credentials.bearerToken();
        if (token != null) {
            return authenticator.authenticate(token, credentials.from());
        }
        if (required) {
            return refused(
                    "This needs a bearer token of someone whom the cluster knows: send the header \"Authorization:"
                            + " Bearer <token>\", for example with the output of `kubectl create token`.");
        }
        if (credentials.from() != Place.LOOPBACK || !credentials.namesLoopback()) {
            // A web page in a browser on this machine must not act as its owner, by DNS rebinding or otherwise.
            return refused(
                    "Without a token only programs on this machine may ask, by a loopback address: use"
                            + " http://localhost or http://127.0.0.1, and no page of another site.");
        }
        return CompletableFuture.completedStage(new Authentication.Known(new Identity.Local()));
    }

    /** Give what someone may see and do. */
    public Caller caller(Identity identity) {
        return new AuthorizedCaller(identity, authorizer);
    }

    private static CompletionStage<Authentication> refused(String detail) {
        return CompletableFuture.completedStage(new Authentication.Refused(detail));
    }
}
