package dev.tenantry.secretsservice;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.kubernetes.watch.ObjectMetadata;

/** Who set which part of a Secret last, by its {@code managedFields}. */
record SecretWriters(List<ManagedFields> all) {

    /** The field manager of the original controller, whose leftovers are ours to remove. */
    private static final String ORIGINAL_MANAGER = "controller";

    static SecretWriters of(Manifest live) {
        return new SecretWriters(ObjectMetadata.of(live.json()).managedFields());
    }

    /** Tell whether this service has set a value. */
    boolean includeUs() {
        return ofData().contains(LiveSecret.MANAGER);
    }

    /** Tell whether the original controller has set a value. */
    boolean includeTheOriginal() {
        return ofData().contains(ORIGINAL_MANAGER);
    }

    /** Tell whether somebody else has set a value. */
    boolean includeOthers() {
        return !Set.of(LiveSecret.MANAGER, ORIGINAL_MANAGER).containsAll(ofData());
    }

    /** List the parts that were set for a SealedSecret, by this service or the original. */
    Set<String> setForSealedSecrets() {
        return SecretParts.in(all.stream()
                .filter(each -> each.manager().equals(LiveSecret.MANAGER) || each.manager().equals(ORIGINAL_MANAGER))
                .toList());
    }

    /** List the parts that are removed by applying without them. */
    Set<String> applied() {
        return SecretParts.in(all.stream().filter(each -> each.isApplyBy(LiveSecret.MANAGER)).toList());
    }

    private Set<String> ofData() {
        return all.stream()
                .filter(each -> !SecretParts.data(SecretParts.in(List.of(each))).isEmpty())
                .map(ManagedFields::manager)
                .collect(Collectors.toSet());
    }
}
