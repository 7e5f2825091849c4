package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.Failed;
import dev.tenantry.kubernetes.health.Health.InProgress;

class DefinitionHealthTest {

    @Test
    void aDefinitionIsCurrentWhenEstablished() {
        assertThat(definition("")).isEqualTo(new InProgress("being installed"));
        assertThat(definition("{type: Established, status: \"False\", reason: Installing}"))
                .isEqualTo(new InProgress("being installed"));
        assertThat(definition("{type: NamesAccepted, status: \"True\"}, {type: Established, status: \"True\"}"))
                .isEqualTo(new Current());
    }

    @Test
    void namesThatAreTakenAreAFailure() {
        assertThat(definition("""
                {type: NamesAccepted, status: "False", message: "\\"ks\\" is already in use"},
                {type: Established, status: "False", reason: NotAccepted}""".replace("\n", " ")))
                .isEqualTo(new Failed("\"ks\" is already in use"));
    }

    @Test
    void aDefinitionThatIsNotAcceptedIsAFailure() {
        assertThat(definition("{type: Established, status: \"False\", reason: NotAccepted, message: not all names}"))
                .isEqualTo(new Failed("not all names"));
    }

    private static Health definition(String conditions) {
        return health("apiextensions.k8s.io/v1", "CustomResourceDefinition",
                "status: {conditions: [" + conditions + "]}");
    }
}
