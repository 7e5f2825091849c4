package dev.tenantry.access.http;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;

import org.jspecify.annotations.Nullable;

import dev.tenantry.access.AccessGuard;

/**
 * What a REST method asks of its callers.
 *
 * <p>The guard is found by the {@code @Path} of the resource, never by the path of a request, which can be written in
 * many ways.
 */
sealed interface AccessRule {

    /** Anyone may call it, or it checks its callers itself. */
    record Open() implements AccessRule {}

    /** Nobody may call it, because it is not said who may. */
    record Closed(String detail) implements AccessRule {}

    /** Callers must be known, and have the right if there is one. */
    record Guarded(AccessGuard guard, Optional<RequiresAccess> right) implements AccessRule {}

    static AccessRule of(ResourceInfo method, List<AccessGuard> guards) {
        Annotation said = said(method);
        Optional<AccessGuard> guard = guards.stream().filter(candidate -> candidate.covers(path(method))).findFirst();
        return switch (said) {
            case OwnAccess own -> new Open();
            case RequiresAccess right when guard.isPresent() -> new Guarded(guard.get(), Optional.of(right));
            case Authenticated known when guard.isPresent() -> new Guarded(guard.get(), Optional.empty());
            case null -> guard.isEmpty()
                    ? new Open()
                    : new Closed("Nobody may call this: the service does not say which right it takes.");
            default -> new Closed("Nobody may call this: the service does not say by which settings it is guarded.");
        };
    }

    private static @Nullable Annotation said(ResourceInfo method) {
        Annotation onMethod = said(method.getResourceMethod());
        return onMethod != null ? onMethod : said(method.getResourceClass());
    }

    private static @Nullable Annotation said(AnnotatedElement place) {
        for (Class<? extends Annotation> type : List.of(RequiresAccess.class, Authenticated.class, OwnAccess.class)) {
            Annotation found = place.getAnnotation(type);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String path(ResourceInfo method) {
        return (path(method.getResourceClass()) + "/" + path(method.getResourceMethod())).replaceAll("/{2,}", "/");
    }

    private static String path(AnnotatedElement place) {
        Path path = place.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
