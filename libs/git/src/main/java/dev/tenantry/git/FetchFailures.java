package dev.tenantry.git;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.function.Predicate;

import javax.net.ssl.SSLException;

import org.apache.http.HttpException;
import org.apache.http.TruncatedChunkException;
import org.apache.http.conn.util.InetAddressUtils;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.TransportException;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.FetchResult.AddressRefused;
import dev.tenantry.git.FetchResult.AuthenticationFailed;
import dev.tenantry.git.FetchResult.Cause;
import dev.tenantry.git.FetchResult.Failure;
import dev.tenantry.git.FetchResult.GitOperationFailed;
import dev.tenantry.git.FetchResult.NotFound;
import dev.tenantry.git.FetchResult.UrlRefused;

/** The one place where what went wrong in a fetch becomes a result, with a message that people can act on. */
final class FetchFailures {

    private final Remote remote;

    FetchFailures(Remote remote) {
        this.remote = remote;
    }

    Failure timedOut() {
        return new GitOperationFailed(Cause.TIMEOUT, "timed out while fetching from " + remote.url());
    }

    /**
     * Say what an exception means.
     *
     * @param lastStatus the last HTTP status seen, 0 if none
     * @param timeOver whether the deadline has passed, which makes every other error a consequence
     */
    Failure explain(Throwable error, int lastStatus, boolean timeOver) {
        String from = " from " + remote.url();
        AddressRefusedException refused = find(error, AddressRefusedException.class);
        if (refused != null) {
            return isAddressInUrl(refused.host())
                    ? new UrlRefused(refused.getMessage())
                    : new AddressRefused(refused.getMessage());
        }
        if (isTooLarge(error)) {
            return new GitOperationFailed(Cause.TOO_LARGE, "refused what came" + from + ": " + reason(error));
        }
        if (timeOver || has(error, InterruptedIOException.class::isInstance)) {
            return timedOut();
        }
        return switch (lastStatus) {
            case 401, 403 -> new AuthenticationFailed(authenticationMessage(lastStatus));
            case 404, 410 -> new NotFound("no repository at " + remote.url() + " (status " + lastStatus + ")");
            case 407 -> new AuthenticationFailed("the proxy " + remote.proxy() + " wants other credentials");
            // A page for maintenance or sign-in goes again.
            case 301, 302, 303, 307, 308 -> new GitOperationFailed(Cause.HTTP_STATUS, remote.url()
                    + " redirects to where fetches may not follow, and is asked again; if it has moved, change the URL: "
                    + reason(error));
            default -> lastStatus >= 400
                    ? new GitOperationFailed(Cause.HTTP_STATUS, remote.url() + " answered with status " + lastStatus)
                    : explain(error, from);
        };
    }

    private Failure explain(Throwable error, String from) {
        if (has(error, cause -> cause instanceof SSLException || cause instanceof CertificateException)) {
            return new GitOperationFailed(Cause.TLS, "no secure connection to " + remote.url() + ": " + deepest(error));
        }
        UnknownHostException unknownHost = find(error, UnknownHostException.class);
        if (unknownHost != null) {
            return new GitOperationFailed(Cause.UNREACHABLE, "could not resolve the host of " + remote.url());
        }
        if (has(error, cause -> cause instanceof ConnectException || cause instanceof NoRouteToHostException)) {
            return new GitOperationFailed(Cause.UNREACHABLE,
                    "could not connect to " + remote.url() + ": " + deepest(error));
        }
        if (has(error, cause -> cause instanceof SocketException || cause instanceof HttpException
                || cause instanceof TruncatedChunkException || cause instanceof EOFException)) {
            return new GitOperationFailed(Cause.PROTOCOL, "the answer" + from + " was cut off: " + reason(error));
        }
        if (has(error, cause -> cause instanceof TransportException || cause instanceof PackProtocolException
                || cause instanceof NotSupportedException)) {
            return new GitOperationFailed(Cause.PROTOCOL, "could not fetch" + from + ": " + reason(error));
        }
        return new GitOperationFailed(Cause.STORAGE, "could not store what came" + from + ": " + reason(error));
    }

    /** Say whether the URL has this address instead of a name, which could mean another one at another time. */
    private boolean isAddressInUrl(String host) {
        String address = HttpExchange.withoutBrackets(host);
        return address.equals(HttpExchange.withoutBrackets(remote.url().getHost()))
                && (InetAddressUtils.isIPv4Address(address) || InetAddressUtils.isIPv6Address(address));
    }

    private String authenticationMessage(int status) {
        String how = remote.credentials() instanceof Credentials.None ? "wants credentials" : "refused the credentials";
        return remote.url() + " " + how + " (status " + status + ")";
    }

    private static boolean isTooLarge(Throwable error) {
        return has(error, cause -> cause instanceof TooLargeException || cause instanceof TooLargePackException
                || cause instanceof TooLargeObjectInPackException);
    }

    /** Say whether a server refused to hand out what was asked for by its id, in git's or JGit's words. */
    static boolean isUnknownWant(Throwable error) {
        return has(error, cause -> {
            String message = cause.getMessage();
            return message != null && (message.contains("not our ref") || message.contains("not valid"));
        });
    }

    private static boolean has(Throwable error, Predicate<Throwable> wanted) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }

    private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Return the message that says most: a limit's own, else the outermost. */
    private static String reason(Throwable error) {
        TooLargeException tooLarge = find(error, TooLargeException.class);
        Throwable speaker = tooLarge == null ? error : tooLarge;
        return speaker.getMessage() == null ? speaker.getClass().getSimpleName() : speaker.getMessage();
    }

    private static String deepest(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
