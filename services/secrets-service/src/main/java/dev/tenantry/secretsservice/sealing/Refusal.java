package dev.tenantry.secretsservice.sealing;

/** Why a SealedSecret cannot be opened. */
public enum Refusal {

    /** No key opens it: it was sealed for another one, or for another name, namespace or scope. */
    NO_MATCHING_KEY("NoMatchingKey"),
    /** Its values are not what was encrypted. */
    DAMAGED("Damaged"),
    /** It says two things at once, or none. */
    INVALID_SPEC("InvalidSpec"),
    /** A template has an error, or does not end. */
    TEMPLATE_FAILED("TemplateFailed"),
    /** It is larger than a Secret can be. */
    TOO_LARGE("TooLarge");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    /** Give the reason of the condition. */
    public String reason() {
        return reason;
    }
}
