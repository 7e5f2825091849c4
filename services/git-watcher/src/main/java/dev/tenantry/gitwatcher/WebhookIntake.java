package dev.tenantry.gitwatcher;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.tenantry.access.RateLimit;
import dev.tenantry.gitwatcher.repository.Secrets;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.Verdict;
import dev.tenantry.gitwatcher.webhook.Verifier;
import dev.tenantry.gitwatcher.webhook.Webhook;
import dev.tenantry.gitwatcher.webhook.WebhookPath;
import dev.tenantry.gitwatcher.webhook.WebhookType;

/**
 * Take the calls of webhooks: verify each, and pass those that are proven on. Nothing is fetched before the answer.
 *
 * <p>The token is read from its Secret at every call, so that a rotated one counts at once; the rate limit comes before
 * that. A path that no receiver has costs the same work as one that a receiver has, and is answered alike.
 */
public final class WebhookIntake {

    private static final String NOBODY = "no receiver has this token";
    private static final List<String> DELIVERY_IDS = List.of("X-GitHub-Delivery", "X-Gitea-Delivery", "X-Request-Id");
    private static final int LONGEST_ID = 100;

    /** What a caller is told. */
    public enum Answer {
        /** The call is proven, and its objects are asked to look. */
        ACCEPTED,
        /** The call is proven, and of no interest. */
        IGNORED,
        /** The call is not proven. */
        REFUSED,
        /** There is no such receiver. */
        UNKNOWN,
        /** The receiver was called too often. */
        TOO_MANY
    }

    private final Hooks hooks;
    private final Secrets secrets;
    private final RateLimit limit;
    private final Deliveries deliveries;
    private final Clock clock;

    public WebhookIntake(Hooks hooks, Secrets secrets, RateLimit limit, Deliveries deliveries, Clock clock) {
        this.hooks = hooks;
        this.secrets = secrets;
        this.limit = limit;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** Take a call. */
    public Answer take(WebhookPath path, Webhook webhook, @Nullable String traceparent) {
        Instant now = clock.instant();
        Optional<Hook> found = hooks.at(path);
        if (found.isEmpty()) {
            Verifier.judge(WebhookType.GENERIC_HMAC, NOBODY, List.of(), webhook);
            return Answer.UNKNOWN;
        }
        Hook hook = found.get();
        if (!limit.allows(hook.name())) {
            return Answer.TOO_MANY;
        }
        Optional<WebhookType> type = WebhookType.named(hook.spec().type());
        Optional<String> token = token(hook).filter(value -> WebhookPath.of(value, hook.name()).equals(path));
        if (type.isEmpty() || token.isEmpty()) {
            return Answer.UNKNOWN;
        }
        Verdict verdict = Verifier.judge(type.get(), token.get(), hook.spec().events(), webhook);
        deliveries.delivered(hook, new Delivery(id(webhook), hook.name(), verdict, webhook.body().length, now),
                traceparent);
        return switch (verdict) {
            case Verdict.Accepted accepted -> Answer.ACCEPTED;
            case Verdict.Ignored ignored -> Answer.IGNORED;
            case Verdict.Refused refused -> Answer.REFUSED;
        };
    }

    private Optional<String> token(Hook hook) {
        return hook.secret()
                .flatMap(secret -> secrets.read(hook.name().namespace(), secret))
                .flatMap(WebhookIntake::token);
    }

    /** Read the token of a receiver's Secret, as it is, line break included: senders sign with exactly that. */
    static Optional<String> token(Map<String, byte[]> entries) {
        return Optional.ofNullable(entries.get("token"))
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static String id(Webhook webhook) {
        return DELIVERY_IDS.stream()
                .flatMap(name -> webhook.header(name).stream())
                .filter(id -> id.length() <= LONGEST_ID && id.matches("[\\w.:-]+"))
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
    }
}
