package dev.tenantry.access.http;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

import dev.tenantry.access.AccessGuard;
import dev.tenantry.access.Authentication;
import dev.tenantry.access.Caller;
import dev.tenantry.access.Credentials;
import dev.tenantry.access.Identity;
import dev.tenantry.access.Permission;
import dev.tenantry.kubernetes.api.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Asks for every REST method below a guarded root who calls it and whether they may, without holding an event loop. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter {

    /** Looked up at the first request: filters are made before a service's settings can be read. */
    private final Instance<AccessGuard> guards;
    private final Map<Method, AccessRule> rules = new ConcurrentHashMap<>();
    private final RequestCaller caller;

    AccessFilter(@Any Instance<AccessGuard> guards, RequestCaller caller) {
        this.guards = guards;
        this.caller = caller;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ResteasyReactiveContainerRequestContext request = (ResteasyReactiveContainerRequestContext) context;
        ResourceInfo method = request.getServerRequestContext().getResteasyReactiveResourceInfo();
        AccessRule rule = rules.computeIfAbsent(method.getResourceMethod(),
                key -> AccessRule.of(method, guards.stream().toList()));
        switch (rule) {
            case AccessRule.Open open -> {}
            case AccessRule.Closed closed -> request.abortWith(forbidden(closed.detail()));
            case AccessRule.Guarded guarded -> {
                AtomicReference<@Nullable Caller> place = caller.place();
                if (Context.isOnEventLoopThread()) {
                    // What completes the decision may run anywhere; on its own thread the request is first left, then resumed.
                    Context own = Vertx.currentContext();
                    request.suspend();
                    decide(guarded, request, place).whenComplete((refusal, failure) -> own
                            .runOnContext(left -> resume(request, refusal, failure)));
                } else {
                    // A suspended request would lose its scope here: RESTEasy ends it after another thread may have resumed.
                    Response refusal = decide(guarded, request, place).toCompletableFuture().join();
                    if (refusal != null) {
                        request.abortWith(refusal);
                    }
                }
            }
        }
    }

    private static void resume(ResteasyReactiveContainerRequestContext request, @Nullable Response refusal,
            @Nullable Throwable failure) {
        if (failure != null) {
            request.resume(failure);
            return;
        }
        if (refusal != null) {
            request.abortWith(refusal);
        }
        request.resume();
    }

    private CompletionStage<@Nullable Response> decide(AccessRule.Guarded rule,
            ResteasyReactiveContainerRequestContext request, AtomicReference<@Nullable Caller> place) {
        return rule.guard().authenticate(credentials(request)).thenCompose(authentication -> switch (authentication) {
            case Authentication.Refused refused -> done(unauthorized(refused.detail()));
            case Authentication.Known known ->
                authorize(rule.guard().caller(known.identity()), rule.right(), request, place);
        }).exceptionally(AccessFilter::unavailable);
    }

    private CompletionStage<@Nullable Response> authorize(Caller known, Optional<RequiresAccess> right,
            ContainerRequestContext request, AtomicReference<@Nullable Caller> place) {
        if (right.isEmpty()) {
            place.set(known);
            return done(null);
        }
        Permission permission = permission(right.get(), request);
        return known.may(permission).thenApply(may -> {
            if (may) {
                place.set(known);
                return null;
            }
            return forbidden(
                    describe(known.identity()) + " may not " + permission
                            + ". Ask whoever administers the cluster for a role that allows it.");
        });
    }

    private static Permission permission(RequiresAccess right, ContainerRequestContext request) {
        return new Permission(
                right.verb(),
                right.group(),
                right.resource(),
                parameter(request, right.namespaceParam()),
                parameter(request, right.nameParam()));
    }

    private static Response unavailable(Throwable failure) {
        return ProblemMapper
                .unavailable(ApiException.errorOf(failure).orElseThrow(() -> new CompletionException(failure)));
    }

    private static CompletionStage<@Nullable Response> done(@Nullable Response refusal) {
        return CompletableFuture.completedStage(refusal);
    }

    private static Credentials credentials(ResteasyReactiveContainerRequestContext request) {
        ResteasyReactiveRequestContext server = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        HttpServerRequest http = server.serverRequest().unwrap(HttpServerRequest.class);
        return Credentials.of(
                request.getHeaderString(HttpHeaders.AUTHORIZATION),
                // The connection's own address: what a proxy's headers say of the client may be a lie.
                address(http),
                http.authority() == null ? null : http.authority().toString(),
                request.getHeaderString("Origin"));
    }

    private static String address(HttpServerRequest http) {
        String address = http.connection().remoteAddress(true).hostAddress();
        return address == null ? "" : address;
    }

    private static String parameter(ContainerRequestContext request, String name) {
        String value = request.getUriInfo().getPathParameters().getFirst(name);
        return value == null ? "" : value;
    }

    private static Response unauthorized(String detail) {
        return Problem.of(Response.Status.UNAUTHORIZED, detail)
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Response forbidden(String detail) {
        return Problem.of(Response.Status.FORBIDDEN, detail).response().build();
    }

    private static String describe(Identity identity) {
        return switch (identity) {
            case Identity.User user -> user.name();
            case Identity.Local local -> "This process";
        };
    }
}
