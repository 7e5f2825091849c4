package dev.tenantry.access;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/**
 * Find out what someone may do in the cluster, by the API server's {@code SubjectAccessReview}.
 *
 * <p>Answers are kept for a short while, so that a revoked right ends with it; questions that are asked at the same time
 * are asked once.
 */
public final class Authorizer {

    private static final ResourceType REVIEWS = ResourceType
            .clusterScoped("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews");
    private static final int CACHED_ANSWERS = 50_000;

    private record Question(Identity.User user, Permission permission) {}

    private final ObjectApi api;
    private final AsyncCache<Question, Boolean> answers;

    /**
     * Ask on behalf of an account, which needs the right to create {@code subjectaccessreviews}.
     *
     * @param keepFor for how long an answer is kept
     */
    public Authorizer(ObjectApi api, Duration keepFor) {
        this.api = api;
        this.answers = Caffeine.newBuilder().expireAfterWrite(keepFor).maximumSize(CACHED_ANSWERS).buildAsync();
    }

    /**
     * Tell whether someone may do something.
     *
     * @return failed with an {@link dev.tenantry.kubernetes.api.ApiException} when the API server could not be asked
     */
    public CompletionStage<Boolean> may(Identity identity, Permission permission) {
        return switch (identity) {
            case Identity.Local local -> CompletableFuture.completedStage(true);
            case Identity.User user -> answers
                    .get(new Question(user, permission), (question, executor) -> ask(question).toCompletableFuture());
        };
    }

    private CompletionStage<Boolean> ask(Question question) {
        ObjectNode review = JsonNodeFactory.instance.objectNode()
                .put("apiVersion", REVIEWS.apiVersion())
                .put("kind", REVIEWS.kind());
        ObjectNode spec = review.putObject("spec");
        describe(question.user(), spec);
        describe(question.permission(), spec.putObject("resourceAttributes"));
        return api.create(REVIEWS, "", review)
                .thenApply(answer -> answer.path("status").path("allowed").asBoolean(false));
    }

    private static void describe(Identity.User user, ObjectNode spec) {
        spec.put("user", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        user.groups().forEach(spec.putArray("groups")::add);
        ObjectNode extra = spec.putObject("extra");
        user.extra().forEach((key, values) -> {
            ArrayNode array = extra.putArray(key);
            values.forEach(array::add);
        });
    }

    private static void describe(Permission permission, ObjectNode attributes) {
        int slash = permission.resource().indexOf('/');
        attributes.put("verb", permission.verb())
                .put("group", permission.group())
                .put("resource", slash < 0 ? permission.resource() : permission.resource().substring(0, slash))
                .put("namespace", permission.namespace())
                .put("name", permission.name());
        if (slash >= 0) {
            attributes.put("subresource", permission.resource().substring(slash + 1));
        }
    }
}
