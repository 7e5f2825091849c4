package dev.tenantry.access;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Hold what a request shows of its sender.
 *
 * @param bearerToken the token; null when there is none
 * @param from where it came from
 * @param host the {@code Host} header; null when there is none
 * @param origin the {@code Origin} header, by which browsers name the page that asks; null when there is none
 */
public record Credentials(@Nullable String bearerToken, Place from, @Nullable String host,
        @Nullable String origin) {

    private static final String BEARER = "bearer ";

    /**
     * Read the headers of a request; an {@code Authorization} of another scheme counts as an empty token.
     *
     * @param remote the IP address of the connection's other end, not what a header says of it
     */
    public static Credentials of(@Nullable String authorization, String remote, @Nullable String host,
            @Nullable String origin) {
        String token = null;
        if (authorization != null) {
            token = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? authorization.substring(BEARER.length()).strip()
                    : "";
        }
        return new Credentials(token, Place.of(remote), host, origin);
    }

    /** Tell whether the request was addressed to loopback by name, and by no page of another site. */
    boolean namesLoopback() {
        return host != null && Loopback.isUrl("http://" + host) && (origin == null || Loopback.isUrl(origin));
    }

    /** Print whether there is a token, never the token. */
    @Override
    public String toString() {
        return "Credentials[bearerToken=" + (bearerToken == null ? "none" : "***") + ", from=" + from
                + ", host=" + host + ", origin=" + origin + "]";
    }
}
