package dev.tenantry.reconciler.compare;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One field that would be another one after an apply.
 *
 * @param path where it is, as a JSON pointer (RFC 6901); an element of a list by its place in the new list, or in the old
 *     one where it would go
 * @param before what it is; null where there is nothing yet
 * @param after what it would be; null where it would go
 * @param masked whether a secret stands behind one of the values, which then shows only that it differs
 */
public record FieldChange(String path, @Nullable JsonNode before, @Nullable JsonNode after, boolean masked) {}
