/** The command {@code demo}: pushes to a sample repository, and what the cluster made of them. */
@NullMarked
package dev.tenantry.cli.demo;

import org.jspecify.annotations.NullMarked;
