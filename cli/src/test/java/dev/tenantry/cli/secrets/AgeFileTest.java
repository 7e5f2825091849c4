package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;

class AgeFileTest {

    private static final String CANARY = "canary\n".repeat(20_000);

    @TempDir
    private Path temp;

    private String recipient;
    private Path identity;

    @BeforeEach
    void aKey() throws Exception {
        KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
        recipient = pair.getPublic().toString();
        identity = Files.writeString(temp.resolve("identity"), "# created: today\n" + pair.getPrivate() + "\n");
    }

    @Test
    void eachRecipientOpensIt() throws Exception {
        KeyPair other = new X25519KeyPairGenerator().generateKeyPair();
        Path others = Files.writeString(temp.resolve("others"), "# operators\n\n" + other.getPublic() + "\n");

        Path file = file(AgeFile.encrypt(CANARY, List.of(recipient, others.toString())));

        assertThat(file).content().startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n").doesNotContain("canary");
        assertThat(AgeFile.decrypt(file, identity)).isEqualTo(CANARY);
        assertThat(AgeFile.decrypt(file, Files.writeString(temp.resolve("other"), other.getPrivate().toString())))
                .isEqualTo(CANARY);
    }

    @Test
    void anotherKeyOpensNothing() throws Exception {
        Path file = file(AgeFile.encrypt("canary", List.of(recipient)));
        Path other = Files.writeString(temp.resolve("other"),
                new X25519KeyPairGenerator().generateKeyPair().getPrivate().toString());

        assertThatThrownBy(() -> AgeFile.decrypt(file, other)).isInstanceOf(IOException.class)
                .hasMessageContaining("it is for another key, damaged, or no age file");
    }

    @Test
    void whatIsDamagedOpensNothing() throws Exception {
        String encrypted = AgeFile.encrypt(CANARY, List.of(recipient));
        Path cut = file(encrypted.substring(0, encrypted.length() / 2) + "\n-----END AGE ENCRYPTED FILE-----\n");

        assertThatThrownBy(() -> AgeFile.decrypt(cut, identity)).isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageNotContaining("canary");
    }

    @Test
    void aPrivateKeyInPlaceOfAPublicOneIsNeverQuoted() throws IOException {
        String secret = Files.readAllLines(identity).get(1);

        assertThatThrownBy(() -> AgeFile.encrypt("", List.of(secret))).hasMessageNotContaining(secret);
        assertThatThrownBy(() -> AgeFile.encrypt("", List.of(identity.toString()))).hasMessageNotContaining(secret);
    }

    @Test
    void anIdentityThatIsNoneIsNeverQuoted() throws IOException, GeneralSecurityException {
        Path file = file(AgeFile.encrypt("", List.of(recipient)));
        Path broken = Files.writeString(temp.resolve("broken"), "AGE-SECRET-KEY-1CANARY");
        Path other = Files.writeString(temp.resolve("other"), "canary");

        assertThatThrownBy(() -> AgeFile.decrypt(file, broken)).hasMessageNotContaining("CANARY").hasNoCause();
        assertThatThrownBy(() -> AgeFile.decrypt(file, other)).hasMessageNotContaining("canary").hasNoCause();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("file.age"), text);
    }
}
