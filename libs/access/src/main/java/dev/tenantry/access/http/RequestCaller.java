package dev.tenantry.access.http;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import jakarta.enterprise.context.RequestScoped;

import org.jspecify.annotations.Nullable;

import dev.tenantry.access.Caller;
import dev.tenantry.access.Identity;
import dev.tenantry.access.Permission;

/** The caller of the request at hand, as the filter found it. */
@RequestScoped
class RequestCaller implements Caller {

    private final AtomicReference<@Nullable Caller> found = new AtomicReference<>();

    /** Gives where to put the caller, which also works where the request scope is not active. */
    AtomicReference<@Nullable Caller> place() {
        return found;
    }

    @Override
    public Identity identity() {
        return found().identity();
    }

    @Override
    public CompletionStage<Boolean> may(Permission permission) {
        return found().may(permission);
    }

    @Override
    public <T> CompletionStage<List<T>> visible(Collection<T> items, Function<T, Permission> permission) {
        return found().visible(items, permission);
    }

    private Caller found() {
        Caller caller = found.get();
        if (caller == null) {
            throw new IllegalStateException("No caller is known: the method has no @RequiresAccess or @Authenticated");
        }
        return caller;
    }
}
