package dev.tenantry.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A known caller whose rights an authorizer knows. */
record AuthorizedCaller(Identity identity, Authorizer authorizer) implements Caller {

    private static final int AT_ONCE = 8;

    @Override
    public CompletionStage<Boolean> may(Permission permission) {
        return authorizer.may(identity, permission);
    }

    @Override
    public <T> CompletionStage<List<T>> visible(Collection<T> items, Function<T, Permission> permission) {
        List<T> all = List.copyOf(items);
        List<Permission> needed = all.stream().map(permission).toList();
        Set<Permission> granted = ConcurrentHashMap.newKeySet();
        return ask(needed.stream().map(Permission::everywhere), granted)
                .thenCompose(asked -> ask(without(granted, needed).map(Permission::wholeNamespace), granted))
                .thenCompose(asked -> {
                    // Anybody with a token may ask for a list of thousands, of which he may see nothing.
                    List<Permission> single = without(granted, needed).toList();
                    return ask(single.size() > MOST_SINGLE ? Stream.empty() : single.stream(), granted);
                })
                .thenApply(asked -> IntStream.range(0, all.size())
                        .filter(i -> isGranted(needed.get(i), granted))
                        .mapToObj(all::get)
                        .toList());
    }

    /** Ask for each of them, a few at a time, and add what the caller has. */
    private CompletionStage<Void> ask(Stream<Permission> permissions, Set<Permission> granted) {
        List<Permission> questions = permissions.distinct().toList();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Permission question = questions.get(i);
            CompletionStage<Void> turn = i < AT_ONCE
                    ? CompletableFuture.completedStage(null)
                    : answers.get(i - AT_ONCE);
            answers.add(turn.thenCompose(free -> may(question)).thenAccept(may -> {
                if (may) {
                    granted.add(question);
                }
            }).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private static Stream<Permission> without(Set<Permission> granted, List<Permission> needed) {
        return needed.stream().filter(permission -> !isGranted(permission, granted));
    }

    private static boolean isGranted(Permission permission, Set<Permission> granted) {
        return granted.contains(permission.everywhere()) || granted.contains(permission.wholeNamespace())
                || granted.contains(permission);
    }
}
