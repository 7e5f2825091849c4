package dev.tenantry.secretsservice.key;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;

import javax.crypto.Cipher;

import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * RSA by BoringSSL where that runs, else by Java itself, which gives the same and takes several times as long.
 *
 * <p>It runs on Linux with glibc and on macOS, on x86-64 and AArch64.
 */
public final class Rsa {

    private static final @Nullable Provider NATIVE = Conscrypt.isAvailable() ? Conscrypt.newProvider() : null;

    private Rsa() {}

    /** Give a cipher of RSA-OAEP with SHA-256, for the hash and for MGF1, to be initialized with its parameters. */
    public static Cipher oaep() throws GeneralSecurityException {
        return NATIVE == null
                ? Cipher.getInstance("RSA/ECB/OAEPPadding")
                : Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", NATIVE);
    }

    static KeyPairGenerator generator() throws GeneralSecurityException {
        return NATIVE == null ? KeyPairGenerator.getInstance("RSA") : KeyPairGenerator.getInstance("RSA", NATIVE);
    }
}
