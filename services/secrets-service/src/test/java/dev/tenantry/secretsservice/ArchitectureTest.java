package dev.tenantry.secretsservice;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.tenantry.testkit.architecture.TenantryRules;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> rules() {
        return TenantryRules.ofService(SecretsServiceConfig.class);
    }
}
