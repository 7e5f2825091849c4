package dev.tenantry.secretsservice;

import org.jspecify.annotations.Nullable;

/**
 * The condition Synced of a SealedSecret, as its status says.
 *
 * @param value {@code True} or {@code False}; empty when nobody has looked at it yet
 * @param reason in PascalCase, or empty
 * @param observedGeneration the generation that it is about
 * @param since when the value became what it is, RFC 3339; null when nobody has looked at it yet
 */
public record SyncedCondition(String value, String reason, String message, long observedGeneration,
        @Nullable String since) {

    public static final String TYPE = "Synced";

    /** Stand for an object that nobody has looked at yet. */
    public static SyncedCondition never() {
        return new SyncedCondition("", "", "", 0, null);
    }

    public boolean isTrue() {
        return "True".equals(value);
    }

    public boolean isFalse() {
        return "False".equals(value);
    }

    /** Tell whether it says the same, whenever it was said. */
    boolean says(String otherValue, String otherReason, String otherMessage, long generation) {
        return value.equals(otherValue) && reason.equals(otherReason) && message.equals(otherMessage)
                && observedGeneration == generation;
    }
}
