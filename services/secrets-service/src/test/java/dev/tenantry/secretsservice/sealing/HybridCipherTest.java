package dev.tenantry.secretsservice.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.TestKeys;

class HybridCipherTest {

    private static final byte[] LABEL = "team-a/database".getBytes(UTF_8);
    private static final int RSA_BYTES = 256;

    private static KeyPair pair;

    @BeforeAll
    static void aPair() {
        pair = TestKeys.pair(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void whatIsEncryptedIsOpened(int length) throws MalformedValueException {
        byte[] value = new byte[length];

        byte[] encrypted = HybridCipher.encrypt(pair.publicKey(), value, LABEL);

        assertThat(encrypted).hasSize(2 + RSA_BYTES + length + 16).startsWith(RSA_BYTES >> 8, RSA_BYTES & 0xff);
        assertThat(open(encrypted, LABEL)).hasValueSatisfying(plain -> assertThat(plain).isEqualTo(value));
    }

    @Test
    void theSameValueIsNeverEncryptedTheSameWay() {
        byte[] value = "canary".getBytes(UTF_8);

        assertThat(HybridCipher.encrypt(pair.publicKey(), value, LABEL))
                .isNotEqualTo(HybridCipher.encrypt(pair.publicKey(), value, LABEL));
    }

    @Test
    void anotherLabelOpensNothing() throws MalformedValueException {
        byte[] encrypted = HybridCipher.encrypt(pair.publicKey(), new byte[3], LABEL);

        assertThat(open(encrypted, "team-b/database".getBytes(UTF_8))).isEmpty();
        assertThat(open(encrypted, new byte[0])).isEmpty();
    }

    @Test
    void anotherKeyOpensNothing() throws MalformedValueException {
        byte[] encrypted = HybridCipher.encrypt(TestKeys.pair(2).publicKey(), new byte[3], LABEL);

        assertThat(open(encrypted, LABEL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 2 + RSA_BYTES, 2 + RSA_BYTES + 10})
    void aFlippedBitOpensNothing(int at) throws MalformedValueException {
        byte[] encrypted = HybridCipher.encrypt(pair.publicKey(), new byte[3], LABEL);
        encrypted[at] ^= 1;

        assertThat(open(encrypted, LABEL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA==", "AgA=", "AQB4"})
    void whatIsCutShortIsMalformed(String base64) {
        assertThatThrownBy(() -> SealedValue.parse(base64)).isInstanceOf(MalformedValueException.class)
                .hasMessageStartingWith("is cut short: of ");
    }

    @Test
    void theEndsOfLinesInBase64AreSkipped() throws MalformedValueException {
        byte[] encrypted = HybridCipher.encrypt(pair.publicKey(), new byte[3], LABEL);
        String lines = Base64.getMimeEncoder().encodeToString(encrypted) + "\n";

        assertThat(SealedValue.parse(lines).keyBits()).isEqualTo(2048);
        assertThatThrownBy(() -> SealedValue.parse("no base64")).hasMessage("is not base64");
    }

    private static Optional<byte[]> open(byte[] encrypted, byte[] label) throws MalformedValueException {
        SealedValue value = SealedValue.parse(Base64.getEncoder().encodeToString(encrypted));
        return HybridCipher.sessionKey(pair.privateKey(), value, label)
                .flatMap(session -> HybridCipher.open(session, value));
    }
}
