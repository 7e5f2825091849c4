package dev.tenantry.testkit.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request to the API server, in the words of Kubernetes' RBAC and audit.
 *
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code patch}, {@code delete} or
 *     {@code deletecollection}; the lower-cased HTTP method for paths that are no resource
 * @param group the API group, empty for the core group and for paths that are no resource
 * @param resource the plural of the kind; empty for paths that are no resource
 * @param subresource such as {@code status}; mostly empty
 * @param namespace the namespace; empty for all, and for cluster-scoped kinds
 * @param name the object; empty for all
 * @param path the path and query as sent
 * @param impersonated the user on whose behalf it was asked, empty when none
 * @param contentType the media type of the body, empty when there is none
 * @param body the body
 */
public record ApiCall(String verb, String group, String resource, String subresource, String namespace, String name,
        String path, String impersonated, String contentType, String body) {

    private static final Map<String, String> VERBS = Map
            .of("POST", "create", "PUT", "update", "PATCH", "patch", "GET", "get", "HEAD", "get");

    /** Whether it is a server-side apply. */
    public boolean isApply() {
        return contentType.startsWith("application/apply-patch");
    }

    /** Print as {@code patch deployments.apps/status team/web}. */
    @Override
    public String toString() {
        if (resource.isEmpty()) {
            return verb + " " + path;
        }
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + (namespace.isEmpty() ? "" : " " + namespace)
                + (name.isEmpty() ? "" : (namespace.isEmpty() ? " " : "/") + name);
    }

    /** Reads a request line; the forms of paths are documented in Kubernetes' "API Concepts". */
    static ApiCall of(String method, String uri, String impersonated, String contentType, String body) {
        int query = uri.indexOf('?');
        List<String> steps = new ArrayList<>();
        for (String step : (query < 0 ? uri : uri.substring(0, query)).split("/")) {
            if (!step.isEmpty()) {
                steps.add(URLDecoder.decode(step, StandardCharsets.UTF_8));
            }
        }
        boolean core = !steps.isEmpty() && steps.getFirst().equals("api");
        int at = core ? 2 : 3;
        if (!core && (steps.isEmpty() || !steps.getFirst().equals("apis")) || steps.size() <= at) {
            return new ApiCall(method.toLowerCase(Locale.ROOT), "", "", "", "", "", uri, impersonated,
                    contentType, body);
        }
        String namespace = "";
        if (steps.get(at).equals("namespaces") && steps.size() > at + 2 && !isOfNamespace(steps.get(at + 2))) {
            namespace = steps.get(at + 1);
            at += 2;
        }
        String name = at + 1 < steps.size() ? steps.get(at + 1) : "";
        return new ApiCall(
                verb(method, name.isEmpty(), query < 0 ? "" : uri.substring(query)),
                core ? "" : steps.get(1),
                steps.get(at),
                at + 2 < steps.size() ? steps.get(at + 2) : "",
                namespace,
                name,
                uri,
                impersonated,
                contentType,
                body);
    }

    private static boolean isOfNamespace(String step) {
        return step.equals("status") || step.equals("finalize");
    }

    private static String verb(String method, boolean collection, String query) {
        if (query.matches(".*[?&]watch=(true|1)\\b.*")) {
            return "watch";
        }
        if (method.equals("DELETE")) {
            return collection ? "deletecollection" : "delete";
        }
        String verb = VERBS.getOrDefault(method, method.toLowerCase(Locale.ROOT));
        return verb.equals("get") && collection ? "list" : verb;
    }
}
