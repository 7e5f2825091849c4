package dev.tenantry.secretsservice.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static KeyPair first;
    private static KeyPair second;
    private static KeyPair third;

    @BeforeAll
    static void keys() {
        first = TestKeys.pair(1);
        second = TestKeys.pair(2);
        third = TestKeys.pair(3);
    }

    @Test
    void theNewestComesFirst() {
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(first), TestKeys.limited(third), TestKeys.limited(second)));

        assertThat(ring.all()).extracting(SealingKey::pair).containsExactly(third, second, first);
        assertThat(ring.sealing("team-a").map(SealingKey::pair)).contains(third);
    }

    @Test
    void aLimitedKeySealsInItsNamespacesEvenWhenItIsOlder() {
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(first, "team-a"), TestKeys.limited(second)));

        assertThat(ring.sealing("team-a").map(SealingKey::pair)).contains(first);
        assertThat(ring.sealing("team-b").map(SealingKey::pair)).contains(second);
        assertThat(ring.sealing("").map(SealingKey::pair)).contains(second);
    }

    @Test
    void aLimitedKeyOpensNowhereElse() {
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(first, "team-a"), TestKeys.limited(second)));

        assertThat(ring.opening("team-a")).extracting(SealingKey::pair).containsExactly(second, first);
        assertThat(ring.opening("team-b")).extracting(SealingKey::pair).containsExactly(second);
    }

    @Test
    void whereAllKeysAreLimitedTheOthersHaveNoneToSealWith() {
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(first, "team-a")));

        assertThat(ring.sealing("team-b")).isEmpty();
        assertThat(ring.opening("team-b")).isEmpty();
    }

    @Test
    void aKeyIsOldOnceAnotherServesTheSameNamespaces() {
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(first), TestKeys.limited(second),
                TestKeys.limited(third, "team-a")));

        assertThat(ring.isOld(first.fingerprint())).isTrue();
        assertThat(ring.isOld(second.fingerprint())).isFalse();
        assertThat(ring.isOld(third.fingerprint())).isFalse();
    }

    @Test
    void aKeyThatIsGoneIsOld() {
        assertThat(KeyRing.of(List.of(TestKeys.limited(first))).isOld(second.fingerprint())).isTrue();
        assertThat(KeyRing.empty().isOld(first.fingerprint())).isTrue();
    }

    @Test
    void ofTheSamePairTwiceTheOneThatServesMoreCounts() {
        KeyRing ring = KeyRing.of(List.of(TestKeys.limited(first, "team-a"), TestKeys.limited(first)));

        assertThat(ring.all()).hasSize(1).noneMatch(SealingKey::isLimited);
    }

    @Test
    void itPrintsWhatIsPublic() {
        assertThat(KeyRing.of(List.of(TestKeys.limited(first, "team-b", "team-a"))).toString())
                .isEqualTo("KeyRing[SealingKey[tenantry-system/key " + first.fingerprint()
                        + " for [team-a, team-b]]]");
    }
}
