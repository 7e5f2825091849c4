package dev.tenantry.reconciler.kube;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ListQuery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.reconciler.Cluster;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.apply.ObjectWriter;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.compare.Rehearsal;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.prune.ObjectRemover;

/** The API server, with what is known of it kept by watches. */
final class KubeCluster implements Cluster {

    private static final int LOOKS_AT_ONCE = 4;
    private static final ResourceType NAMESPACES = ResourceType.clusterScoped("", "v1", "Namespace", "namespaces");
    private static final ResourceType SERVICE_ACCOUNTS = ResourceType
            .namespaced("", "v1", "ServiceAccount", "serviceaccounts");

    private final ObjectApi api;
    private final Discovery discovery;
    private final ServedKinds kinds;
    private final LiveObjects live;
    private final InFlight looks = new InFlight(LOOKS_AT_ONCE);

    KubeCluster(ObjectApi api, Discovery discovery, LiveObjects live) {
        this.api = api;
        this.discovery = discovery;
        this.kinds = new ServedKinds(discovery);
        this.live = live;
    }

    @Override
    public ObjectWriter writer(Account account) {
        return objects(account);
    }

    @Override
    public ObjectRemover remover(Account account) {
        return objects(account).remover();
    }

    @Override
    public Rehearsal rehearsal(Account account) {
        return new AccountRehearsal(objects(account), api.as(account.namespace(), account.name()), discovery);
    }

    @Override
    public boolean isGone(Account account) {
        return isGone(NAMESPACES, "", account.namespace())
                || isGone(SERVICE_ACCOUNTS, account.namespace(), account.name());
    }

    /** Asked as ourselves by a list, since the right to list is what we have. */
    private boolean isGone(ResourceType type, String namespace, String name) {
        var query = ListQuery.in(namespace).withFields("metadata.name=" + name);
        return Answer.of(api.listAll(type, query)) instanceof Answer.Given<List<ObjectNode>> given
                && given.value().stream().allMatch(object -> object.path("metadata").has("deletionTimestamp"));
    }

    private AccountObjects objects(Account account) {
        return new AccountObjects(account, api, discovery, live);
    }

    @Override
    public void follow(Inventory inventory) {
        Set<Kind> followed = new HashSet<>();
        inventory.entries().forEach((ref, version) -> followed.add(new Kind(ref.group(), version, ref.kind())));
        var syncs = new ArrayList<CompletableFuture<Void>>();
        for (Kind kind : followed) {
            kinds.find(kind.group(), kind.version(), kind.kind())
                    .ifPresent(type -> syncs.add(live.follow(type).toCompletableFuture()));
        }
        CompletableFuture.allOf(syncs.toArray(CompletableFuture[]::new)).join();
    }

    @Override
    public Map<ObjectRef, NotWritten> look(Account account, Inventory desired, Inventory applied) {
        List<Map.Entry<ObjectRef, String>> unknown = desired.entries()
                .entrySet()
                .stream()
                .filter(each -> applied.contains(each.getKey()) || live.find(each.getKey()).isPresent())
                .filter(each -> isServedUnfollowed(each.getKey(), each.getValue()))
                .toList();
        var found = looks.each(unknown, each -> remover(account).find(each.getKey(), each.getValue()));
        var unread = new TreeMap<ObjectRef, NotWritten>();
        for (int i = 0; i < unknown.size(); i++) {
            ObjectRef ref = unknown.get(i).getKey();
            switch (found.get(i)) {
                case ObjectRemover.Present present -> live.written(ref,
                        LiveObjects.describe(ObjectMetadata.of(present.live().json())));
                case ObjectRemover.Absent absent -> {
                    // The read has forgotten it.
                }
                case ObjectRemover.Refused refused -> unread.put(ref,
                        new NotWritten("cannot be read before it is applied: " + refused.message(),
                                !refused.forbidden()));
            }
        }
        return unread;
    }

    private boolean isServedUnfollowed(ObjectRef ref, String version) {
        return discovery.peek(ref.group(), version, ref.kind()).filter(type -> !live.knows(type)).isPresent();
    }

    @Override
    public Optional<LiveObject> live(ObjectRef ref) {
        return live.find(ref);
    }

    @Override
    public boolean isFollowed(ObjectRef ref, String version) {
        return discovery.peek(ref.group(), version, ref.kind()).filter(live::knows).isPresent();
    }

    @Override
    public Presence presence(ObjectRef ref, String version) {
        if (live.find(ref).isPresent()) {
            return Presence.LIVE;
        }
        return isFollowed(ref, version) ? Presence.MISSING : Presence.UNKNOWN;
    }

    @Override
    public Scope scopeOf(Manifest object) {
        return switch (kinds.ask(object.ref().group(), object.version(), object.kind())) {
            case Answer.Refused<Optional<ResourceType>> refused -> Scope.UNREADABLE;
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    .map(type -> type.namespaced() ? Scope.NAMESPACE : Scope.CLUSTER)
                    .orElse(Scope.UNKNOWN);
        };
    }

    private record Kind(String group, String version, String kind) {}
}
