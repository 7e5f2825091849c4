package dev.tenantry.kubernetes.watch;

/**
 * Say which objects of a kind to watch.
 *
 * @param namespace their namespace; empty for all, and for cluster-scoped kinds
 * @param labelSelector such as {@code app=web,tier in (a,b)}; empty for any
 * @param fieldSelector such as {@code metadata.name=web}; empty for any
 */
public record WatchScope(String namespace, String labelSelector, String fieldSelector) {

    /** Watch the objects of all namespaces. */
    public static WatchScope everywhere() {
        return in("");
    }

    /** Watch the objects of one namespace. */
    public static WatchScope in(String namespace) {
        return new WatchScope(namespace, "", "");
    }

    /** Watch one object; the namespace is empty when it is cluster-scoped. */
    public static WatchScope one(String namespace, String name) {
        return new WatchScope(namespace, "", "metadata.name=" + name);
    }

    public WatchScope labelled(String selector) {
        return new WatchScope(namespace, selector, fieldSelector);
    }
}
