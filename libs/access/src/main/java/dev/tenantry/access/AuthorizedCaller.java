package dev.tenantry.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A known caller whose rights an authorizer knows. */
record AuthorizedCaller(Identity identity, Authorizer authorizer) implements Caller {

    @Override
    public CompletionStage<Boolean> may(Permission permission) {
        return authorizer.may(identity, permission);
    }

    @Override
    public <T> CompletionStage<List<T>> visible(Collection<T> items, Function<T, Permission> permission) {
        List<T> all = List.copyOf(items);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (T item : all) {
            // The wide questions are the same for many items, and the authorizer asks them once.
            answers.add(mayBroadly(permission.apply(item)).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<T> visible = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (answers.get(i).join()) {
                    visible.add(all.get(i));
                }
            }
            return visible;
        });
    }

    private CompletionStage<Boolean> mayBroadly(Permission permission) {
        return may(permission.everywhere()).thenCompose(everywhere -> everywhere
                ? CompletableFuture.completedStage(true)
                : may(permission.wholeNamespace()).thenCompose(namespace -> namespace
                        ? CompletableFuture.completedStage(true)
                        : may(permission)));
    }
}
