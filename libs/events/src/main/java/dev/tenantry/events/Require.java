package dev.tenantry.events;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The checks of the events' compact constructors; each throws {@link IllegalArgumentException} with the field's name. */
final class Require {

    // https://github.com/fluxcd/flux2/tree/main/rfcs/0005-artifact-revision-and-digest
    private static final Pattern REVISION = Pattern.compile("(?:\\S+@)?(?:sha1:[0-9a-f]{40}|sha256:[0-9a-f]{64})");
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    // https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go (Condition.Reason)
    private static final Pattern REASON = Pattern.compile("[A-Za-z](?:[A-Za-z0-9_,:]*[A-Za-z0-9_])?");
    // https://man.openbsd.org/ssh-keygen (-l, SHA-256 of the public key)
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    private Require() {}

    static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void text(@Nullable String value, String field) {
        that(!present(value, field).isBlank(), "%s is empty", field);
    }

    static void textOrNull(@Nullable String value, String field) {
        if (value != null) {
            text(value, field);
        }
    }

    static void revision(@Nullable String value, String field) {
        that(REVISION.matcher(present(value, field)).matches(), "%s is not a revision: %s", field, value);
    }

    static void revisionOrNull(@Nullable String value, String field) {
        if (value != null) {
            revision(value, field);
        }
    }

    static void objectId(@Nullable String value, String field) {
        that(OBJECT_ID.matcher(present(value, field)).matches(), "%s is not an object id: %s", field, value);
    }

    static void reason(@Nullable String value, String field) {
        that(REASON.matcher(present(value, field)).matches(), "%s is not a condition's reason: %s", field, value);
    }

    /** The value is not in the message: who mistakes what a fingerprint is may have passed something secret. */
    static void fingerprint(@Nullable String value, String field) {
        that(FINGERPRINT.matcher(present(value, field)).matches(), "%s is not a key's fingerprint", field);
    }

    static void that(boolean holds, String message, @Nullable Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }
}
