package dev.tenantry.kubernetes.api;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Waits for stages in tests. */
final class Stages {

    private Stages() {}

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    static ApiError failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("No failure, but " + await(stage));
        } catch (CompletionException e) {
            return ApiException.errorOf(e).orElseThrow(() -> e);
        }
    }
}
