/** What a bench found, for people and for programs. */
@NullMarked
package dev.tenantry.bench.report;

import org.jspecify.annotations.NullMarked;
