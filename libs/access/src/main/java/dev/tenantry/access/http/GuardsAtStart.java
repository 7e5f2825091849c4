package dev.tenantry.access.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import dev.tenantry.access.AccessGuard;

/** Makes every guard when the process starts, so that settings which would let anyone in stop it at once. */
@ApplicationScoped
class GuardsAtStart {

    void start(@Observes Startup event, @Any Instance<AccessGuard> guards) {
        guards.forEach(AccessGuard::root);
    }
}
