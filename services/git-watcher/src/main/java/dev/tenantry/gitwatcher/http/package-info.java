/** Answer webhooks, git clients, artifact downloads and the REST API. */
@NullMarked
package dev.tenantry.gitwatcher.http;

import org.jspecify.annotations.NullMarked;
