/** The same for REST resources: annotations that say which right a method needs, and the filter that asks for it. */
@NullMarked
package dev.tenantry.access.http;

import org.jspecify.annotations.NullMarked;
