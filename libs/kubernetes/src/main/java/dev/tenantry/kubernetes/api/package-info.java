/** Reach arbitrary objects of an API server asynchronously: read, apply, patch, delete, and find out which kinds it serves. */
@NullMarked
package dev.tenantry.kubernetes.api;

import org.jspecify.annotations.NullMarked;
