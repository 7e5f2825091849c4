package dev.tenantry.secretsservice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.secretsservice.sealing.Unsealed;
import dev.tenantry.secretsservice.sealing.Unsealer;

/** Opens one SealedSecret, and makes its Secret what it has to be. */
public final class Opener {

    private static final int MOST_CONFLICTS = 3;
    private static final String UPDATE_FAILED = "UpdateFailed";

    private final Unsealer unsealer;
    private final Supplier<KeyRing> keys;
    private final Secrets secrets;

    public Opener(Unsealer unsealer, Supplier<KeyRing> keys, Secrets secrets) {
        this.unsealer = unsealer;
        this.keys = keys;
        this.secrets = secrets;
    }

    /** Open and write; only what differs is written, and after a failure the Secret is as it was. */
    Outcome open(SealedContent sealed) {
        return switch (unsealer.unseal(sealed, keys.get())) {
            case Unsealed.Opened opened -> write(sealed, opened);
            case Unsealed.Refused refused -> new Outcome.Failed(Outcome.Step.UNSEAL, refused.reason().reason(),
                    refused.message(), refused.items());
            case Unsealed.Unavailable(String message) ->
                new Outcome.Waiting(Outcome.Step.UNSEAL, "TemplatesUnavailable",
                        message);
        };
    }

    private Outcome write(SealedContent sealed, Unsealed.Opened opened) {
        Manifest desired = marked(sealed, opened);
        List<Manifest> quotable = new ArrayList<>(List.of(desired));
        try {
            return writeUntilUncontested(sealed, opened, desired, quotable);
        } catch (ApiException e) {
            String message = Masking.describe(e.error(), quotable);
            return e.error().isInvalid()
                    ? new Outcome.Failed(Outcome.Step.UPDATE, UPDATE_FAILED, message, List.of())
                    : new Outcome.Waiting(Outcome.Step.UPDATE, UPDATE_FAILED, message);
        }
    }

    private Outcome writeUntilUncontested(SealedContent sealed, Unsealed.Opened opened, Manifest desired,
            List<Manifest> quotable) {
        boolean mayBeAbsent = secrets.known(sealed.name()).isEmpty();
        for (int attempt = 0; attempt < MOST_CONFLICTS; attempt++) {
            if (mayBeAbsent && secrets.create(desired)) {
                return new Outcome.Synced(Outcome.Change.CREATED, opened.sealedWith());
            }
            Optional<Manifest> live = secrets.read(sealed.name());
            live.ifPresent(quotable::add);
            mayBeAbsent = live.isEmpty();
            if (live.isPresent()) {
                Optional<Outcome> outcome = change(SecretPlan.of(live.get(), desired, sealed), opened);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        }
        return new Outcome.Waiting(Outcome.Step.UPDATE, UPDATE_FAILED, "others change the Secret all the time");
    }

    /** Do what is planned; empty when somebody else was faster. */
    private Optional<Outcome> change(SecretPlan plan, Unsealed.Opened opened) {
        return switch (plan) {
            case SecretPlan.Outdated outdated -> Optional.of(new Outcome.Waiting(Outcome.Step.UPDATE, UPDATE_FAILED,
                    "a newer state of the SealedSecret was opened meanwhile"));
            case SecretPlan.Same same -> Optional.of(new Outcome.Synced(Outcome.Change.NONE, opened.sealedWith()));
            case SecretPlan.Refused refused -> Optional.of(new Outcome.Failed(refused.step(), refused.reason(),
                    refused.message(), List.of()));
            case SecretPlan.Write write -> {
                try {
                    secrets.write(write);
                    yield Optional.of(new Outcome.Synced(Outcome.Change.UPDATED, opened.sealedWith()));
                } catch (ApiException e) {
                    ApiError error = e.error();
                    if (error.isConflict() || error.isNotFound()) {
                        yield Optional.empty();
                    }
                    throw e;
                }
            }
        };
    }

    private static Manifest marked(SealedContent sealed, Unsealed.Opened opened) {
        return opened.secret()
                .withAnnotations(Map.of(
                        Sealer.SEALED_WITH,
                        opened.sealedWith().stream().map(Fingerprint::text).collect(Collectors.joining(",")),
                        Origin.ANNOTATION,
                        new Origin(sealed.uid(), sealed.generation(), sealed.scope().toString()).toString()));
    }
}
