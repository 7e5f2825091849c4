package dev.tenantry.gitwatcher;

import java.time.Instant;

import dev.tenantry.gitwatcher.webhook.Verdict;
import dev.tenantry.kubernetes.NamespacedName;

/**
 * Tell of a call of a receiver.
 *
 * @param id what identifies the call, by its sender's word or ours
 * @param receiver the receiver
 * @param verdict what became of it
 * @param bytes the size of its body
 * @param receivedAt when it came
 */
public record Delivery(String id, NamespacedName receiver, Verdict verdict, int bytes, Instant receivedAt) {}
