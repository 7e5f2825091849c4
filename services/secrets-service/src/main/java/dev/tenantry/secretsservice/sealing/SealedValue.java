package dev.tenantry.secretsservice.sealing;

import java.util.Arrays;
import java.util.Base64;

/** The two parts of an encrypted value, neither of which tells anything without the private key. */
final class SealedValue {

    private static final int TAG_BYTES = 16;

    private final byte[] rsa;
    private final byte[] aes;

    private SealedValue(byte[] rsa, byte[] aes) {
        this.rsa = rsa;
        this.aes = aes;
    }

    /**
     * Take a value apart.
     *
     * @throws MalformedValueException when it is no base64, or shorter than it says
     */
    static SealedValue parse(String base64) throws MalformedValueException {
        byte[] bytes;
        try {
            // As Go's decoder, which skips the ends of lines.
            bytes = Base64.getDecoder().decode(base64.replace("\n", "").replace("\r", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("is not base64");
        }
        int rsaLength = bytes.length < Short.BYTES ? -1 : (bytes[0] & 0xff) << Byte.SIZE | bytes[1] & 0xff;
        int aesStart = Short.BYTES + rsaLength;
        if (rsaLength < 0 || bytes.length < aesStart + TAG_BYTES) {
            throw new MalformedValueException("is cut short: of " + bytes.length + " bytes"
                    + (rsaLength < 0 ? "" : ", where at least " + (aesStart + TAG_BYTES) + " belong"));
        }
        return new SealedValue(Arrays.copyOfRange(bytes, Short.BYTES, aesStart),
                Arrays.copyOfRange(bytes, aesStart, bytes.length));
    }

    byte[] rsa() {
        return rsa;
    }

    byte[] aes() {
        return aes;
    }

    /** Give the size of the key that it was sealed with, in bits. */
    int keyBits() {
        return rsa.length * Byte.SIZE;
    }
}
