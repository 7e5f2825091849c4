/** The kinds of notification.toolkit.fluxcd.io: who may announce a change. */
@NullMarked
package dev.tenantry.kubernetes.notification;

import org.jspecify.annotations.NullMarked;
