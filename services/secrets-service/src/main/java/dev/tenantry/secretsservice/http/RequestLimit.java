package dev.tenantry.secretsservice.http;

import dev.tenantry.access.RateLimit;

/** How often one client may have something opened. */
public record RequestLimit(RateLimit limit) {}
