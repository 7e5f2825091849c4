package dev.tenantry.secretsservice.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    /** What {@code ssh-keygen -e -m PKCS8} prints of a key. */
    private static final String PUBLIC_KEY = """
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyeZEsWEEazFagVtQviX0
            ntK6m6r4L6UbDK8yWnQqGVHPZxLZzNyM6bXUJfJKXM+5Uj19iNsyajizvCaNLwke
            hc8H5F2+VsJpBwtaDP4nVg6UpWyv6YxxcciYRgMGebj0oMMduzjAeRP2O/7ijWc+
            0IiyurEtwoTYvS69nmd/b3gHJnCOoouXA4fs2HpC3lE6fFF2GahrmOoUSFRoDJer
            wOLkAay+Dct6hkAlCeG2w1zfRsorwFaQJ3Ij82OlULyNQ/Wd8vmmgzdcAiV1FgRQ
            ptpMNOgD1Z4vjO+ODsdipbvmjgqTfWLPprcmZUSavONq0/ruo6shlu9s6F4Y67BB
            cwIDAQAB
            """;

    @Test
    void itIsThatOfSshKeygen() throws GeneralSecurityException {
        RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(PUBLIC_KEY)));

        assertThat(Fingerprint.of(key)).hasToString("SHA256:TFLIa3mvfEkrX7M8TLqf1msiHRLr6amAO9e1Lah4DWs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA256:", "MD5:TFLIa3mvfEkrX7M8TLqf1msiHRLr6amAO9e1Lah4DWs",
            "SHA256:TFLIa3mvfEkrX7M8TLqf1msiHRLr6amAO9e1Lah4DW"})
    void anotherFormIsRefused(String text) {
        assertThat(Fingerprint.isWellFormed(text)).isFalse();
        assertThatThrownBy(() -> new Fingerprint(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
