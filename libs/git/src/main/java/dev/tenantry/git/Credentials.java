package dev.tenantry.git;

/**
 * Identify ourselves to a git server. They are sent with the first request and to the remote's own host only, never to
 * where it redirects. {@code toString} never shows a secret.
 */
public sealed interface Credentials {

    /** Return the absence of credentials. */
    static Credentials none() {
        return None.INSTANCE;
    }

    /** Send nothing. */
    enum None implements Credentials {
        INSTANCE;

        @Override
        public String toString() {
            return "None";
        }
    }

    /** Send a name and a password (RFC 7617). */
    record Basic(String username, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic[username=" + username + ", password=***]";
        }
    }

    /** Send a token (RFC 6750). */
    record Bearer(String token) implements Credentials {
        @Override
        public String toString() {
            return "Bearer[token=***]";
        }
    }
}
