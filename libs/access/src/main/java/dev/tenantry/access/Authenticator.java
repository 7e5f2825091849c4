package dev.tenantry.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/**
 * Find out who a bearer token belongs to, by the API server's {@code TokenReview}.
 *
 * <p>A positive answer is kept for a short while under a keyed hash of the token; tokens themselves are neither kept nor
 * logged.
 */
public final class Authenticator {

    private static final ResourceType TOKEN_REVIEWS = ResourceType
            .clusterScoped("authentication.k8s.io", "v1", "TokenReview", "tokenreviews");
    // Longer ones exist nowhere (a service account's has about 1 KB), and each costs a request to the API server.
    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final int CACHED_TOKENS = 10_000;
    private static final String HMAC = "HmacSHA256";

    private final ObjectApi api;
    private final List<String> audiences;
    private final Optional<byte[]> localToken;
    private final SecretKeySpec hashKey;
    private final AsyncCache<String, Authentication> known;

    /**
     * Review tokens on behalf of an account, which needs the right to create {@code tokenreviews}.
     *
     * @param audiences of which a token must name one; when empty, tokens for the API server itself are taken
     * @param localToken a secret of this process, taken from this machine's own addresses only
     * @param keepFor for how long a positive answer is kept
     */
    public Authenticator(ObjectApi api, List<String> audiences, Optional<String> localToken, Duration keepFor) {
        this.api = api;
        this.audiences = List.copyOf(audiences);
        this.localToken = localToken.map(token -> token.getBytes(StandardCharsets.UTF_8));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.hashKey = new SecretKeySpec(key, HMAC);
        this.known = Caffeine.newBuilder().expireAfterWrite(keepFor).maximumSize(CACHED_TOKENS).buildAsync();
    }

    /**
     * Find out who a token belongs to.
     *
     * @param from where the request came from
     * @return failed with an {@link dev.tenantry.kubernetes.api.ApiException} when the API server could not be asked
     */
    public CompletionStage<Authentication> authenticate(String token, Place from) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            return refused();
        }
        if (isLocalToken(token)) {
            return from != Place.ELSEWHERE
                    ? CompletableFuture.completedStage(new Authentication.Known(new Identity.Local()))
                    : refused();
        }
        String hash = hash(token);
        CompletableFuture<Authentication> answer = known
                .get(hash, (key, executor) -> review(token).toCompletableFuture());
        answer.thenAccept(outcome -> {
            if (outcome instanceof Authentication.Refused) {
                known.synchronous().invalidate(hash);
            }
        });
        return answer;
    }

    private boolean isLocalToken(String token) {
        return localToken.isPresent()
                && MessageDigest.isEqual(localToken.get(), token.getBytes(StandardCharsets.UTF_8));
    }

    private static CompletionStage<Authentication> refused() {
        return CompletableFuture.completedStage(
                new Authentication.Refused(
                        "The bearer token was not accepted. It may have expired: get a new one, for example with"
                                + " `kubectl create token`."));
    }

    private CompletionStage<Authentication> review(String token) {
        ObjectNode review = JsonNodeFactory.instance.objectNode()
                .put("apiVersion", TOKEN_REVIEWS.apiVersion())
                .put("kind", TOKEN_REVIEWS.kind());
        ObjectNode spec = review.putObject("spec").put("token", token);
        if (!audiences.isEmpty()) {
            audiences.forEach(spec.putArray("audiences")::add);
        }
        return api.create(TOKEN_REVIEWS, "", review).thenCompose(answer -> judge(answer.path("status")));
    }

    private CompletionStage<Authentication> judge(JsonNode status) {
        // An authenticator that knows nothing of audiences answers without any: its tokens are for the API server.
        boolean forUs = audiences.isEmpty() || strings(status.path("audiences")).stream().anyMatch(audiences::contains);
        if (!status.path("authenticated").asBoolean(false) || !forUs) {
            return audiences.isEmpty()
                    ? refused()
                    : CompletableFuture.completedStage(
                            new Authentication.Refused(
                                    "The bearer token was not accepted. It must be valid and for the audience "
                                            + String.join(" or ", audiences)
                                            + ": get one, for example with `kubectl create token --audience "
                                            + audiences.getFirst() + "`."));
        }
        JsonNode user = status.path("user");
        Map<String, List<String>> extra = new HashMap<>();
        user.path("extra").properties().forEach(entry -> extra.put(entry.getKey(), strings(entry.getValue())));
        return CompletableFuture.completedStage(
                new Authentication.Known(
                        new Identity.User(
                                user.path("username").asText(),
                                user.path("uid").asText(""),
                                strings(user.path("groups")),
                                extra)));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private String hash(String token) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(hashKey);
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }
}
