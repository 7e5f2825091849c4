package dev.tenantry.gitwatcher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.poll.Next;
import dev.tenantry.gitwatcher.poll.Work;
import dev.tenantry.gitwatcher.repository.Secrets;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.Selection;
import dev.tenantry.gitwatcher.webhook.WebhookPath;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.notification.ReceiverStatus;

/** Look at a Receiver: derive its path from its token, and say in its status where to send webhooks. */
public final class HookLook {

    private static final Logger LOG = Logger.getLogger(HookLook.class);
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    private final Hooks hooks;
    private final Secrets secrets;
    private final Set<String> platformNamespaces;
    private final Clock clock;

    public HookLook(Hooks hooks, Secrets secrets, Set<String> platformNamespaces, Clock clock) {
        this.hooks = hooks;
        this.secrets = secrets;
        this.platformNamespaces = Set.copyOf(platformNamespaces);
        this.clock = clock;
    }

    /** Look at the receiver now, and say when to look again. */
    public Next look(Work work) {
        try {
            return hooks.known(work.source())
                    .filter(hook -> !hook.spec().suspend())
                    .map(this::look)
                    .orElseGet(Next.OnChange::new);
        } catch (ApiException e) {
            LOG.warnf("The API server did not take the state of a receiver name=%s reason=%s",
                    work.source(), e.getMessage());
            return new Next.Retry();
        }
    }

    private Next look(Hook hook) {
        List<String> unsupported = hook.spec().unsupportedFields();
        if (!unsupported.isEmpty()) {
            return stalled(hook, Reason.UNSUPPORTED_FIELD, "not supported: " + String.join(", ", unsupported));
        }
        List<String> refused = Selection.of(hook.name(), hook.spec(), platformNamespaces).refused();
        if (!refused.isEmpty()) {
            return stalled(hook, Reason.ACCESS_DENIED, String.join("; ", refused));
        }
        Optional<String> token = hook.secret()
                .flatMap(secret -> secrets.read(hook.name().namespace(), secret))
                .flatMap(WebhookIntake::token);
        return token.isPresent() ? ready(hook, token.get()) : withoutToken(hook);
    }

    private Next ready(Hook hook, String token) {
        String path = WebhookPath.of(token, hook.name()).toString();
        Conditions conditions = new Conditions(hook.status().conditions())
                .without(ConditionType.RECONCILING)
                .without(ConditionType.STALLED)
                .withTrue(ConditionType.READY, Reason.SUCCEEDED, "Receiver initialized for path: " + path,
                        hook.version().generation(), clock.instant());
        Duration interval = hook.spec().interval() == null ? DEFAULT_INTERVAL : hook.spec().interval().value();
        return write(hook, new ReceiverStatus(hook.version().generation(), conditions.list(), path, handled(hook)))
                ? new Next.AfterInterval(interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval)
                : new Next.Retry();
    }

    private Next withoutToken(Hook hook) {
        String secret = hook.secret()
                .map(name -> "'" + hook.name().namespace() + "/" + name + "'")
                .orElse("(none named)");
        String message = "unable to read token from secret " + secret + ": no such Secret, or no key 'token' in it";
        Instant now = clock.instant();
        long generation = hook.version().generation();
        Conditions conditions = new Conditions(hook.status().conditions())
                .without(ConditionType.STALLED)
                .withTrue(ConditionType.RECONCILING, Reason.PROGRESSING_WITH_RETRY, message, generation, now)
                .withFalse(ConditionType.READY, Reason.TOKEN_NOT_FOUND, message, generation, now);
        write(hook, new ReceiverStatus(hook.status().observedGeneration(), conditions.list(), null, handled(hook)));
        return new Next.Retry();
    }

    private Next stalled(Hook hook, String reason, String message) {
        Instant now = clock.instant();
        long generation = hook.version().generation();
        Conditions conditions = new Conditions(hook.status().conditions())
                .without(ConditionType.RECONCILING)
                .withTrue(ConditionType.STALLED, reason, message, generation, now)
                .withFalse(ConditionType.READY, reason, message, generation, now);
        // Without a path nobody is heard: a receiver that asks for more than it gets must not seem to work.
        return write(hook, new ReceiverStatus(generation, conditions.list(), null, handled(hook)))
                ? new Next.OnChange()
                : new Next.Retry();
    }

    private boolean write(Hook hook, ReceiverStatus status) {
        return status.equals(hook.status()) || hooks.write(hook, status).isPresent();
    }

    private static @Nullable String handled(Hook hook) {
        return hook.requestedAt().orElse(hook.status().lastHandledReconcileAt());
    }
}
