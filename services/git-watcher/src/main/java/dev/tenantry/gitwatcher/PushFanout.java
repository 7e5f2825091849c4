package dev.tenantry.gitwatcher;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.poll.Cause;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.Selection;
import dev.tenantry.gitwatcher.webhook.Verdict;
import dev.tenantry.kubernetes.source.GitRepository;

/**
 * Pass a proven call on to the objects that its receiver chooses.
 *
 * <p>A source that this replica owns is asked for directly. Another one is asked for by an event, and by an annotation
 * too, in case the event is lost. All other objects are annotated.
 */
public final class PushFanout implements Deliveries {

    private static final Logger LOG = Logger.getLogger(PushFanout.class);

    private final OwnedSources owned;
    private final Sources sources;
    private final SourceRequests requests;
    private final Annotations annotations;
    private final Set<String> platformNamespaces;

    public PushFanout(OwnedSources owned, Sources sources, SourceRequests requests, Annotations annotations,
            Set<String> platformNamespaces) {
        this.owned = owned;
        this.sources = sources;
        this.requests = requests;
        this.annotations = annotations;
        this.platformNamespaces = Set.copyOf(platformNamespaces);
    }

    @Override
    public void delivered(Hook hook, Delivery delivery, @Nullable String traceparent) {
        if (!(delivery.verdict() instanceof Verdict.Accepted)) {
            return;
        }
        Trigger trigger = new Trigger(Cause.WEBHOOK, delivery.receivedAt(), traceparent);
        Selection.Choice choice = Selection.of(hook.name(), hook.spec(), platformNamespaces);
        for (String refused : choice.refused()) {
            LOG.warnf("A receiver chooses what it may not name=%s reason=%s", hook.name(), refused);
        }
        for (Selection selection : choice.selections()) {
            boolean repository = selection.group().equals(GitRepository.GROUP)
                    && selection.kind().equals(GitRepository.KIND);
            if (repository) {
                chosen(selection).forEach(source -> ask(selection, source, trigger, delivery.id()));
            } else {
                annotations.request(selection, trigger);
            }
        }
    }

    private void ask(Selection selection, Source source, Trigger trigger, String delivery) {
        boolean here = owned.request(source.name(), trigger);
        requests.publish(source, trigger, delivery);
        if (!here) {
            annotations.request(selection.narrowedTo(source.name()), trigger);
        }
    }

    private List<Source> chosen(Selection selection) {
        Optional<String> name = selection.name();
        return sources.all()
                .stream()
                .filter(source -> selection.namespace().isEmpty()
                        || selection.namespace().equals(source.name().namespace()))
                .filter(source -> name.isPresent()
                        ? name.get().equals(source.name().name())
                        : source.labels().entrySet().containsAll(selection.labels().entrySet()))
                .toList();
    }
}
