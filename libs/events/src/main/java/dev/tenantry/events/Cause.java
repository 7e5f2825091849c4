package dev.tenantry.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why something was looked at. */
public enum Cause {
    /** A push webhook. */
    @JsonProperty("webhook")
    WEBHOOK,
    /** The interval of the object's spec. */
    @JsonProperty("poll")
    POLL,
    /** A person or a client, by annotation or REST. */
    @JsonProperty("request")
    REQUEST,
    /** A start, a rebalance, or the broker's return: everything owned is looked at again. */
    @JsonProperty("resync")
    RESYNC
}
