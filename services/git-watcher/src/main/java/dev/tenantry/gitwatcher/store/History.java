package dev.tenantry.gitwatcher.store;

import java.util.Collection;
import java.util.List;

import jakarta.inject.Singleton;

import dev.tenantry.kubernetes.NamespacedName;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Page;

/** Read the history. Every method throws {@link HistoryUnavailableException} when Postgres does not answer. */
@Singleton
public class History {

    private static final String OF_SOURCE = "namespace = ?1 and name = ?2";

    private final HistoryDatabase database;

    History(HistoryDatabase database) {
        this.database = database;
    }

    /** One page of a longer list. */
    public record Part<T>(List<T> items, long total) {}

    /** Give the revisions of a source, the newest first. */
    public Part<RevisionEntity> revisions(NamespacedName source, int page, int size) {
        return database.read(() -> {
            var query = RevisionEntity.<RevisionEntity>find(
                    OF_SOURCE + " order by observedAt desc, id desc", source.namespace(), source.name());
            return part(query, page, size);
        });
    }

    /** Give the fetches of a source that found something new or failed, the newest first. */
    public Part<FetchEntity> fetches(NamespacedName source, int page, int size) {
        return database.read(() -> {
            var query = FetchEntity.<FetchEntity>find(
                    OF_SOURCE + " order by endedAt desc, id desc", source.namespace(), source.name());
            return part(query, page, size);
        });
    }

    /** List the receivers that were called. */
    public List<NamespacedName> receivers() {
        return database.read(() -> DeliveryEntity.getEntityManager()
                .createQuery("select distinct d.namespace, d.receiver from DeliveryEntity d", Object[].class)
                .getResultList()
                .stream()
                .map(row -> new NamespacedName((String) row[0], (String) row[1]))
                .sorted()
                .toList());
    }

    /** Give the calls of some receivers, the newest first. */
    public Part<DeliveryEntity> deliveries(Collection<NamespacedName> receivers, int page, int size) {
        List<String> names = receivers.stream().map(NamespacedName::toString).toList();
        return database.read(() -> {
            var query = DeliveryEntity.<DeliveryEntity>find(
                    "concat(namespace, '/', receiver) in ?1 order by receivedAt desc, id desc", names);
            return part(query, page, size);
        });
    }

    private static <T> Part<T> part(PanacheQuery<T> query, int page, int size) {
        // Panache counts the entries before a page by an int.
        boolean isAfterAll = (long) page * size > Integer.MAX_VALUE - size;
        return new Part<>(isAfterAll ? List.of() : query.page(Page.of(page, size)).list(), query.count());
    }
}
