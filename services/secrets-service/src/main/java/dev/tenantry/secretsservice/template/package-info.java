/** Rendering of templates by the engine that people wrote them for, in worker processes. */
@NullMarked
package dev.tenantry.secretsservice.template;

import org.jspecify.annotations.NullMarked;
