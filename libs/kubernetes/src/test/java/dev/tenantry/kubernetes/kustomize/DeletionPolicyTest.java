package dev.tenantry.kubernetes.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionPolicyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{prune: true}                                       | true",
            "{prune: false}                                      | false",
            "{prune: true, deletionPolicy: MirrorPrune}          | true",
            "{prune: false, deletionPolicy: Delete}              | true",
            "{prune: false, deletionPolicy: WaitForTermination}  | true",
            "{prune: true, deletionPolicy: Orphan}               | false",
            "{prune: true, deletionPolicy: Unknown}              | false",
            "{prune: true, deletionPolicy: Delete, suspend: true}| false"})
    void thePolicySaysWhetherObjectsGoWithTheirKustomization(String fields, boolean deletes) {
        assertThat(SpecExample.with(fields).deletesObjects()).isEqualTo(deletes);
    }
}
