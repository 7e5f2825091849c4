package dev.tenantry.git;

/**
 * Say how a fetch ended. Messages are for the source's status: they name the reference and the host, never a secret.
 */
public sealed interface FetchResult {

    /**
     * The remote answered and its commit is in the store.
     *
     * @param revision as Flux writes it
     * @param commit the commit, described
     * @param changed whether it is another commit than the source's last fetch found, whoever waited for that one; to know
     *        whether a status is up to date, compare revisions
     */
    record Fetched(Revision revision, Commit commit, boolean changed) implements FetchResult {}

    /** Any end but a commit, with the reason in words. */
    sealed interface Failure extends FetchResult {
        String message();
    }

    /** The repository is there but the reference, the commit or a matching version is not; or the repository is not. */
    record NotFound(String message) implements Failure {}

    /** The remote refused our credentials, or wants some. */
    record AuthenticationFailed(String message) implements Failure {}

    /** The URL itself is not allowed here; only a change of the source helps. */
    record UrlRefused(String message) implements Failure {}

    /** What a name or a redirect leads to is not allowed here; another time it may lead elsewhere. */
    record AddressRefused(String message) implements Failure {}

    /** Anything else, worth another try. */
    record GitOperationFailed(Cause cause, String message) implements Failure {}

    /** Sort failures for metrics. */
    enum Cause {
        /** No connection: name, route, refusal, reset. */
        UNREACHABLE,
        /** The time given was over. */
        TIMEOUT,
        /** The certificate or the handshake was bad. */
        TLS,
        /** An HTTP status that is no answer. */
        HTTP_STATUS,
        /** The answer was cut off, damaged or not git. */
        PROTOCOL,
        /** The pack, an object or the repository exceeds a limit. */
        TOO_LARGE,
        /** Our own disk failed. */
        STORAGE
    }
}
