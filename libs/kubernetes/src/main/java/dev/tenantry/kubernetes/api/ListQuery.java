package dev.tenantry.kubernetes.api;

/**
 * Say which objects of a kind to list.
 *
 * @param namespace their namespace; empty for all, and for cluster-scoped kinds
 * @param labelSelector such as {@code app=web,tier in (a,b)}; empty for any
 * @param fieldSelector such as {@code metadata.name=web}; empty for any
 * @param pageSize how many objects an answer holds at most
 */
public record ListQuery(String namespace, String labelSelector, String fieldSelector, int pageSize) {

    private static final int DEFAULT_PAGE = 500;

    public ListQuery {
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page of " + pageSize + " objects");
        }
    }

    /** List the objects of all namespaces. */
    public static ListQuery everywhere() {
        return in("");
    }

    /** List the objects of one namespace. */
    public static ListQuery in(String namespace) {
        return new ListQuery(namespace, "", "", DEFAULT_PAGE);
    }

    public ListQuery labelled(String selector) {
        return new ListQuery(namespace, selector, fieldSelector, pageSize);
    }

    public ListQuery withFields(String selector) {
        return new ListQuery(namespace, labelSelector, selector, pageSize);
    }

    public ListQuery paged(int objects) {
        return new ListQuery(namespace, labelSelector, fieldSelector, objects);
    }
}
