package dev.tenantry.events;

import java.time.Instant;
import java.util.List;

/**
 * A SealedSecret could not be made into its Secret, which stays as it was.
 *
 * <p>It has no message, since one might quote what was opened: the SealedSecret's condition has it.
 *
 * @param sealedSecret the SealedSecret
 * @param reason the condition's reason, PascalCase
 * @param items the keys of the items that it failed for, as the SealedSecret spells them; never their values. Empty if
 *     it is about none in particular
 * @param failedAt when it failed
 */
public record UnsealFailed(Subject sealedSecret, String reason, List<String> items, Instant failedAt) implements Event {

    public static final String TYPE = "dev.tenantry.unseal-failed.v1";

    public UnsealFailed {
        Require.present(sealedSecret, "sealedSecret");
        Require.reason(reason, "reason");
        items = List.copyOf(Require.present(items, "items"));
        Require.present(failedAt, "failedAt");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.SECRETS;
    }

    @Override
    public Subject subject() {
        return sealedSecret;
    }

    @Override
    public Instant occurredAt() {
        return failedAt;
    }
}
