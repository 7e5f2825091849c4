package dev.tenantry.secretsservice.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static KeyPair pair;
    private static byte[] certificate;
    private static byte[] privateKey;

    @BeforeAll
    static void aPair() {
        pair = TestKeys.pair(1);
        certificate = Pem.write(pair.certificate()).getBytes(US_ASCII);
        privateKey = Pem.write(pair.privateKey()).getBytes(US_ASCII);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws PemException {
        assertThat(new String(privateKey, US_ASCII)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(Pem.pair(certificate, privateKey)).isEqualTo(pair);
    }

    @Test
    void aCertificateThatNamesNobodyIsReadAsTheOriginalMakesThem() throws PemException {
        assertThat(Pem.certificate(certificate).getIssuerX500Principal().getName()).isEmpty();
        assertThat(Pem.certificate(certificate).getNotBefore()).isEqualTo(pair.certificate().getNotBefore());
    }

    @Test
    void aKeyInPkcs8IsRead() throws PemException {
        byte[] pkcs8 = pem("PRIVATE KEY", pair.privateKey().getEncoded());

        assertThat(Pem.pair(certificate, pkcs8).fingerprint()).isEqualTo(pair.fingerprint());
    }

    @Test
    void allKeysOfATextAreRead() throws PemException {
        String two = new String(privateKey, US_ASCII) + Pem.write(TestKeys.pair(2).privateKey());

        assertThat(Pem.privateKeys(two.getBytes(US_ASCII))).hasSize(2).startsWith(pair.privateKey());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        byte[] other = Pem.write(TestKeys.pair(2).privateKey()).getBytes(US_ASCII);

        assertThatThrownBy(() -> Pem.pair(certificate, other)).isInstanceOf(PemException.class)
                .hasMessage("the private key is not that of the certificate");
        assertThatThrownBy(() -> new KeyPair(pair.certificate(), TestKeys.pair(3).privateKey()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The private key is not that of the certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "-----BEGIN RSA PRIVATE KEY-----\nY2FuYXJ5\n-----END RSA PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\ncanary!\n-----END PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\ncanary"})
    void garbageIsRefusedWithoutAWordOfIt(String text) {
        assertThatThrownBy(() -> Pem.privateKeys(text.getBytes(US_ASCII))).isInstanceOf(PemException.class)
                .hasNoCause()
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining("Y2FuYXJ5");
        assertThatThrownBy(() -> Pem.certificate(text.getBytes(US_ASCII))).isInstanceOf(PemException.class)
                .hasNoCause()
                .hasMessageNotContaining("canary");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws GeneralSecurityException {
        byte[] elliptic = pem("PRIVATE KEY",
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded());

        assertThatThrownBy(() -> Pem.privateKeys(elliptic)).isInstanceOf(PemException.class);
    }

    @Test
    void nothingPrintsThePrivateKey() {
        String modulus = pair.privateKey().getPrivateExponent().toString();

        assertThat(pair.toString()).isEqualTo("KeyPair[" + pair.fingerprint() + "]").doesNotContain(modulus);
        assertThat(TestKeys.limited(pair).toString()).doesNotContain(modulus).doesNotContain("modulus");
    }

    private static byte[] pem(String name, byte[] content) {
        return ("-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + name + "-----\n").getBytes(US_ASCII);
    }
}
