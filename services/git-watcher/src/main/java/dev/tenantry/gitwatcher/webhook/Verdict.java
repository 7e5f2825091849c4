package dev.tenantry.gitwatcher.webhook;

/** What becomes of a call. */
public sealed interface Verdict {

    /**
     * It is proven, and for the receiver's resources.
     *
     * @param event what happened, as the sender calls it; empty when it does not say
     */
    record Accepted(String event) implements Verdict {}

    /**
     * It is proven, and of no interest: an event that is not listed, or a ping.
     *
     * @param event what happened, as the sender calls it
     */
    record Ignored(String event) implements Verdict {}

    /**
     * It is not proven.
     *
     * @param reason why, without any part of the secret or of the signature
     */
    record Refused(String reason) implements Verdict {}
}
