package dev.tenantry.secretsservice.kube;

import java.time.Clock;
import java.util.Map;

import org.jboss.logging.Logger;

import dev.tenantry.kubernetes.api.EventRecorder;
import dev.tenantry.kubernetes.api.EventRecorder.Type;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.Observation;
import dev.tenantry.secretsservice.Observer;
import dev.tenantry.secretsservice.Outcome;

/** Kubernetes Events of what is news about a SealedSecret, with the original controller's reasons. */
public final class KubernetesEvents implements Observer {

    private static final Logger LOG = Logger.getLogger(KubernetesEvents.class);
    private static final String UNSEALED = "Unsealed";
    private static final String UNSEAL_FAILED = "ErrUnsealFailed";
    private static final String UPDATE_FAILED = "ErrUpdateFailed";

    private final EventRecorder recorder;

    public KubernetesEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    /** Make what tells events in the name of the original controller's component. */
    public static EventRecorder recorder(ObjectApi api, Clock clock) {
        return new EventRecorder(api, "sealed-secrets", clock);
    }

    @Override
    public void observed(Observation observation) {
        if (!observation.isNews()) {
            return;
        }
        switch (observation.outcome()) {
            case Outcome.Synced synced -> {
                // A thousand new ones would be a thousand more writes, which say what the conditions say.
                if (!observation.isFirstSuccess()) {
                    record(observation.sealed(), Type.NORMAL, UNSEALED, observation.drift()
                            ? "Secret restored: it had been changed or deleted past its SealedSecret"
                            : "SealedSecret unsealed successfully");
                }
            }
            case Outcome.Failed failed -> record(observation.sealed(), Type.WARNING, reason(failed.step()),
                    failed.reason() + ": " + failed.message());
            case Outcome.Waiting waiting -> record(observation.sealed(), Type.WARNING, reason(waiting.step()),
                    waiting.reason() + ": " + waiting.message());
        }
    }

    private static String reason(Outcome.Step step) {
        return switch (step) {
            case UNSEAL -> UNSEAL_FAILED;
            case UNMANAGED, UPDATE -> UPDATE_FAILED;
        };
    }

    private void record(KnownSealedSecret sealed, Type type, String reason, String message) {
        EventRecorder.Subject subject = new EventRecorder.Subject(KubernetesSealedSecrets.TYPE.apiVersion(),
                SealedSecret.KIND, sealed.name(), sealed.uid(), sealed.resourceVersion());
        recorder.record(subject, type, reason, message, Map.of()).whenComplete((recorded, failure) -> {
            if (failure != null) {
                // Events are for people who look later; the condition says the same.
                LOG.debugf(failure, "An event could not be written name=%s", sealed.name());
            }
        });
    }
}
