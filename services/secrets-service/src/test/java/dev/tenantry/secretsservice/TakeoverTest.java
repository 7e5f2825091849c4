package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.UID;
import static dev.tenantry.secretsservice.Examples.base64;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.Examples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.secretsservice.sealing.Unsealer;

class TakeoverTest {

    private static final String BYSTANDER = "uid-of-a-bystander";

    private static KeyPair pair;

    private final FakeSecrets secrets = new FakeSecrets();
    private final Manifest owning = Examples.sealed(pair);
    private final Manifest outliving = changed(owning, json -> json.withObjectProperty("spec")
            .withObjectProperty("template")
            .withObjectProperty("metadata")
            .putObject("annotations")
            .put(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES, "true"));

    @BeforeAll
    static void aKey() {
        pair = TestKeys.pair(1);
    }

    @BeforeEach
    void aSecretWithAnOwnerBesideItsSealedSecretAndAValueOfOthers() {
        secrets.objects.clear();
        secrets.known.clear();
        open(owning);
        secrets.known.put(NAME, Examples.written());
        change(json -> {
            json.withObjectProperty("data").put("theirs", base64("x"));
            json.withObjectProperty("metadata")
                    .withArrayProperty("ownerReferences")
                    .addObject()
                    .put("apiVersion", "example.com/v1")
                    .put("kind", "Backup")
                    .put("name", "nightly")
                    .put("uid", BYSTANDER);
        });
    }

    @Test
    void theSecretOfAnEarlierLifeIsTakenOverAndOtherOwnersStay() {
        // Given
        ofAnEarlierLife();

        // When
        Outcome outcome = open(owning);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Synced.class);
        assertThat(owners()).containsExactlyInAnyOrder(BYSTANDER, UID);
        assertThat(live().at("data").has("theirs")).isFalse();
    }

    @Test
    void whatFailsHalfWayIsFinishedAtTheNextTurn() {
        for (int done = 0; done < 3; done++) {
            // Given
            aSecretWithAnOwnerBesideItsSealedSecretAndAValueOfOthers();
            ofAnEarlierLife();
            failsAfter(done);

            // When
            Outcome failed = open(owning);
            Outcome finished = open(owning);

            // Then
            assertThat(failed).isInstanceOf(Outcome.Waiting.class);
            assertThat(finished).as("after %s calls", done).isInstanceOf(Outcome.Synced.class);
            assertThat(owners()).containsExactlyInAnyOrder(BYSTANDER, UID);
            assertThat(live().at("data").has("theirs")).isFalse();
        }
    }

    @Test
    void aSecretIsNobodysOnlyWhenAllElseIsDone() {
        for (int done = 0; done < 2; done++) {
            // Given
            failsAfter(done);

            // When
            Outcome failed = open(outliving);

            // Then
            assertThat(failed).isInstanceOf(Outcome.Waiting.class);
            assertThat(owners()).contains(UID);
        }

        // When
        Outcome finished = open(outliving);

        // Then
        assertThat(finished).isInstanceOf(Outcome.Synced.class);
        assertThat(owners()).containsExactly(BYSTANDER);
        assertThat(live().at("data").has("theirs")).isFalse();
    }

    private void ofAnEarlierLife() {
        change(json -> json.withObjectProperty("metadata").withArrayProperty("ownerReferences").forEach(owner -> {
            if (owner.path("controller").asBoolean()) {
                ((ObjectNode) owner).put("uid", "uid-before-the-restore");
            }
        }));
    }

    private void failsAfter(int calls) {
        for (int i = 0; i < calls; i++) {
            secrets.others.add(() -> {});
        }
        secrets.others.add(() -> secrets.refusals.add(refusal(503, "ServiceUnavailable", "away")));
    }

    private void change(Consumer<ObjectNode> change) {
        secrets.objects.put(NAME, changed(live(), change));
    }

    private Manifest live() {
        return secrets.objects.get(NAME);
    }

    private List<String> owners() {
        List<String> owners = new ArrayList<>();
        live().at("metadata", "ownerReferences").forEach(owner -> owners.add(owner.path("uid").asText()));
        return owners;
    }

    private Outcome open(Manifest sealed) {
        return new Opener(new Unsealer(Templates.none(), true),
                () -> KeyRing.of(List.of(TestKeys.limited(pair))), secrets).open(SealedContent.of(sealed));
    }
}
