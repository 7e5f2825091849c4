package dev.tenantry.secretsservice.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

import dev.tenantry.secretsservice.key.Rsa;

/**
 * Encrypt and decrypt one value as kubeseal does.
 *
 * <p>Two bytes with the length n of the RSA part, big-endian; n bytes of RSA-OAEP (SHA-256 for the hash and for MGF1) of a
 * session key of 32 bytes, under the label of the scope; AES-256-GCM of the value by that key, with a nonce of zeros, since
 * the key is used once. Source of the format: bitnami-labs/sealed-secrets, {@code HybridEncrypt}.
 */
final class HybridCipher {

    private static final String AES = "AES/GCM/NoPadding";
    private static final int SESSION_KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final GCMParameterSpec NONCE = new GCMParameterSpec(TAG_BITS, new byte[12]);
    private static final SecureRandom RANDOM = new SecureRandom();

    private HybridCipher() {}

    static byte[] encrypt(RSAPublicKey key, byte[] value, byte[] label) {
        byte[] session = new byte[SESSION_KEY_BYTES];
        RANDOM.nextBytes(session);
        try {
            byte[] rsa = rsa(Cipher.ENCRYPT_MODE, key, label).doFinal(session);
            byte[] aes = aes(Cipher.ENCRYPT_MODE, session).doFinal(value);
            return ByteBuffer.allocate(Short.BYTES + rsa.length + aes.length)
                    .putShort((short) rsa.length)
                    .put(rsa)
                    .put(aes)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA and AES", e);
        } finally {
            Arrays.fill(session, (byte) 0);
        }
    }

    /** Find the session key, if this private key and label are those of the encryption. */
    static Optional<byte[]> sessionKey(PrivateKey key, SealedValue value, byte[] label) {
        try {
            byte[] session = rsa(Cipher.DECRYPT_MODE, key, label).doFinal(value.rsa());
            return session.length == SESSION_KEY_BYTES ? Optional.of(session) : Optional.empty();
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("Every Java platform has RSA-OAEP", e);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Another key, another label, flipped bits or a key that nobody can compute with: nothing tells the first ones
            // apart, and none of it may be told.
            return Optional.empty();
        }
    }

    /** Decrypt the value, unless its bytes are not those that were encrypted; the session key is wiped. */
    static Optional<byte[]> open(byte[] sessionKey, SealedValue value) {
        try {
            return Optional.of(aes(Cipher.DECRYPT_MODE, sessionKey).doFinal(value.aes()));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        } finally {
            Arrays.fill(sessionKey, (byte) 0);
        }
    }

    private static Cipher rsa(int mode, Key key, byte[] label) throws GeneralSecurityException {
        Cipher cipher = Rsa.oaep();
        cipher.init(mode, key, new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
                new PSource.PSpecified(label)));
        return cipher;
    }

    private static Cipher aes(int mode, byte[] sessionKey) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES);
        cipher.init(mode, new SecretKeySpec(sessionKey, "AES"), NONCE);
        return cipher;
    }
}
