package dev.tenantry.kubernetes.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Hold one request to the API server.
 *
 * @param method the HTTP method
 * @param path the path and query, relative to the server, already encoded
 * @param accept the media types wanted
 * @param contentType the media type of the body; empty when there is none
 * @param body the body; null when there is none
 * @param repeatable whether sending it twice does the same as once, so that it may be sent again after a broken
 *     connection
 */
public record ApiRequest(String method, String path, String accept, String contentType, @Nullable String body,
        boolean repeatable) {

    public static final String JSON = "application/json";

    /** Read a path. */
    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, JSON, "", null, true);
    }

    /** Send a JSON body that must not be sent twice. */
    public static ApiRequest post(String path, String body) {
        return new ApiRequest("POST", path, JSON, JSON, body, false);
    }

    /** Ask for other media types. */
    public ApiRequest accepting(String mediaTypes) {
        return new ApiRequest(method, path, mediaTypes, contentType, body, repeatable);
    }

    /** Name what takes a server about equally long: method and resource, without namespace, name and most of the query. */
    String kind() {
        int query = path.indexOf('?');
        String[] parts = path.substring(0, query < 0 ? path.length() : query).split("/");
        // api/VERSION/… or apis/GROUP/VERSION/…, then namespaces/NAMESPACE/ for what has one.
        boolean core = parts[0].equals("api");
        int resource = core ? 2 : 3;
        if (parts.length > resource + 2 && parts[resource].equals("namespaces")) {
            resource += 2;
        }
        int subresource = resource + 2;
        return String.join(" ", method, contentType, core ? "" : parts[Math.min(1, parts.length - 1)],
                parts.length > resource ? parts[resource] : path,
                parts.length > subresource ? parts[subresource] : "",
                path.contains("dryRun=") ? "dry run" : "");
    }

    /** Print method and path, never the body: it may be a secret. */
    @Override
    public String toString() {
        return method + " /" + path;
    }

    static String encodeSegment(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Collects a path with its query, leaving empty values out. */
    public static final class Path {

        private final StringBuilder path;
        private char separator = '?';

        public Path(String path) {
            this.path = new StringBuilder(path);
        }

        public Path with(String key, String value) {
            if (!value.isEmpty()) {
                path.append(separator).append(key).append('=').append(encodeSegment(value));
                separator = '&';
            }
            return this;
        }

        public Path with(String key, boolean set) {
            return set ? with(key, "true") : this;
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
