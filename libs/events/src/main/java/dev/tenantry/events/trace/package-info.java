/** The trace of a push where a thread, a queue or a broker lies between. */
@NullMarked
package dev.tenantry.events.trace;

import org.jspecify.annotations.NullMarked;
