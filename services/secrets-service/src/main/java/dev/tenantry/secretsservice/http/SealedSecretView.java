package dev.tenantry.secretsservice.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.Report;
import dev.tenantry.secretsservice.key.Fingerprint;

/**
 * A SealedSecret as the API shows it.
 *
 * @param scope strict, namespace-wide or cluster-wide
 * @param synced whether its Secret is as it says; null when nobody has looked at it yet
 * @param reason why, in PascalCase
 * @param message why, in words; empty for a success
 * @param generation how often its spec was changed
 * @param observedGeneration the generation that synced is about
 * @param sealedWith the fingerprints of the keys that its values were sealed with
 * @param oldKeys those of them that have a successor or are gone
 */
public record SealedSecretView(String namespace, String name, String scope, @Nullable Boolean synced, String reason,
        String message, long generation, long observedGeneration, List<String> sealedWith, List<String> oldKeys) {

    static SealedSecretView of(Report.Entry entry) {
        KnownSealedSecret sealed = entry.sealed();
        return new SealedSecretView(
                sealed.name().namespace(),
                sealed.name().name(),
                sealed.scope().toString(),
                sealed.synced().isTrue() ? Boolean.TRUE : sealed.synced().isFalse() ? Boolean.FALSE : null,
                sealed.synced().reason(),
                sealed.synced().message(),
                sealed.generation(),
                sealed.synced().observedGeneration(),
                entry.sealedWith().stream().map(Fingerprint::text).toList(),
                entry.old().stream().map(Fingerprint::text).toList());
    }
}
