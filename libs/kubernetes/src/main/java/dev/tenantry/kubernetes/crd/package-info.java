/** The CustomResourceDefinitions of the kinds: made from their classes when this module is built, carried in its jar. */
@NullMarked
package dev.tenantry.kubernetes.crd;

import org.jspecify.annotations.NullMarked;
