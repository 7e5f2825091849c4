package dev.tenantry.secretsservice;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.sealing.Sealer;

/**
 * What a metadata watch tells of a Secret, none of it secret.
 *
 * @param ours the parts that we set last
 * @param others the parts that others set last
 * @param patched whether it says that a SealedSecret only adds to it
 * @param sealedWith the keys that its values were sealed with, as it was written down with them
 * @param origin what it was made of, as it was written down with it
 */
public record LiveSecret(NamespacedName name, String uid, String resourceVersion, Set<String> ours, Set<String> others,
        boolean patched, List<Fingerprint> sealedWith, Optional<Origin> origin) {

    /** The name under which this service writes. */
    public static final String MANAGER = "sealed-secrets-controller";

    /** Take what a watch, or the answer to a write, told. */
    public static LiveSecret of(ObjectMetadata metadata) {
        List<ManagedFields> all = metadata.managedFields();
        return new LiveSecret(
                metadata.name(),
                metadata.uid(),
                metadata.resourceVersion(),
                SecretParts.in(all.stream().filter(each -> each.manager().equals(MANAGER)).toList()),
                SecretParts.in(all.stream().filter(each -> !each.manager().equals(MANAGER)).toList()),
                Markers.isOn(SealedSecretAnnotations.PATCH, metadata.annotations()),
                Fingerprint.list(metadata.annotations().getOrDefault(Sealer.SEALED_WITH, "")),
                Origin.read(metadata.annotations().getOrDefault(Origin.ANNOTATION, "")));
    }

    /** Tell whether a SealedSecret, whenever it was, has written some of it. */
    public boolean isOurs() {
        return !ours.isEmpty();
    }

    /** Tell whether it is as it was written last for a SealedSecret, by what the API server knows of who set what. */
    boolean isAsWritten(Set<String> expected) {
        if (expected.isEmpty()) {
            return false;
        }
        Set<String> wanted = SecretParts.ours(expected);
        if (patched) {
            return SecretParts.withoutOwner(ours).equals(SecretParts.withoutOwner(wanted));
        }
        // What others set to the value that we set too is both's. Labels and annotations that they add are theirs, values
        // that they add are not, except where Kubernetes adds them.
        return ours.equals(wanted)
                && (expected.contains(SecretParts.VALUES_OF_OTHERS) || ours.containsAll(SecretParts.data(others)));
    }
}
