package dev.tenantry.reconciler.kube;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;

/** What the API server answered, where its refusals are expected; only a bug is thrown. */
sealed interface Answer<T> {

    record Given<T>(T value) implements Answer<T> {}

    record Refused<T>(ApiError error) implements Answer<T> {}

    /** Wait for the answer; meant for virtual threads. */
    static <T> Answer<T> of(CompletionStage<T> stage) {
        return later(stage).toCompletableFuture().join();
    }

    /** Turn refusals into values without waiting. */
    static <T> CompletionStage<Answer<T>> later(CompletionStage<T> stage) {
        return stage.handle((value, failure) -> {
            if (failure == null) {
                return new Given<>(value);
            }
            return new Refused<>(ApiException.errorOf(failure)
                    .orElseThrow(() -> failure instanceof CompletionException wrapped
                            ? wrapped
                            : new CompletionException(failure)));
        });
    }
}
