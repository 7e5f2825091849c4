package dev.tenantry.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

class TenantryRulesTest {

    private static final String SAMPLE = "dev.tenantry.testkit.architecture.sample";

    @Test
    void packagesThatNeedEachOtherAreACycle() {
        assertBroken(TenantryRules.packageCycles(), "Cycle detected", "kube", "plan");
        assertKept(TenantryRules.packageCycles(), "loud", "http");
    }

    @Test
    void printingPastTheLogIsSeen() {
        assertBroken(TenantryRules.standardStreams(), "loud.Loud.speak", "loud");
        assertKept(TenantryRules.standardStreams(), "plan");
    }

    @Test
    void aPackageMustSayOfItselfThatItIsNullMarked() {
        assertBroken(TenantryRules.packageSentences(), "unmarked is not @NullMarked", "unmarked");
        assertKept(TenantryRules.packageSentences(), "plan", "kube");
    }

    @Test
    void namesThatTellNothingAreRefused() {
        assertBroken(TenantryRules.classNames(), "ThingManager does", "named");
        assertBroken(TenantryRules.classNames(), "DataThing does", "named");
        assertBroken(TenantryRules.classNames(), "AbstractThing does", "named");
        assertBroken(TenantryRules.classNames(), "ThingUtils does", "named");
    }

    @Test
    void aNameThatOnlyBeginsLikeOneIsFine() {
        assertThatThrownBy(() -> TenantryRules.classNames().check(code("named")))
                .message()
                .doesNotContain("Database", "Information");
    }

    @Test
    void packagesWhoseNamesTellNothingAreRefused() {
        assertBroken(TenantryRules.packageNames(), "util.Tool does", "util");
        assertKept(TenantryRules.packageNames(), "plan");
    }

    @Test
    void theDomainKnowsNoFramework() {
        assertBroken(TenantryRules.frameworks(SAMPLE), "io.fabric8.kubernetes.client.KubernetesClient", "plan");
        assertKept(TenantryRules.frameworks(SAMPLE), "http");
    }

    @Test
    void theDomainKnowsNoEdgeNotEvenByAnArray() {
        assertBroken(TenantryRules.edges(SAMPLE), "kube.Edge", "plan");
        assertKept(TenantryRules.edges(SAMPLE), "kube");
    }

    private static void assertBroken(ArchRule rule, String violation, String... packages) {
        assertThatThrownBy(() -> rule.check(code(packages))).isInstanceOf(AssertionError.class)
                .hasMessageContaining(violation);
    }

    private static void assertKept(ArchRule rule, String... packages) {
        assertThatCode(() -> rule.check(code(packages))).doesNotThrowAnyException();
    }

    private static JavaClasses code(String... packages) {
        String[] names = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            names[i] = SAMPLE + "." + packages[i];
        }
        return new ClassFileImporter().importPackages(names);
    }
}
