package dev.tenantry.gitwatcher.kube;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.api.ApiException;

/** Wait for the API server, on threads that may. */
final class ApiCall {

    private ApiCall() {}

    /**
     * Wait for an answer.
     *
     * @throws ApiException when the server refuses or cannot be reached
     */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw ApiException.errorOf(e).map(error -> new ApiException(error, e)).orElseThrow(() -> e);
        }
    }
}
