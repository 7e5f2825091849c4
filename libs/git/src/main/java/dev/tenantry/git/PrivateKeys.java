package dev.tenantry.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Read private keys in the PEM forms that certificates are handed out with (RFC 5958, RFC 8017, RFC 5915). */
final class PrivateKeys {

    private static final Pattern PEM = Pattern
            .compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** SEQUENCE of the object id of rsaEncryption and NULL. */
    private static final byte[] RSA = {0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d,
            0x01, 0x01, 0x01, 0x05, 0x00};
    /** The object id of ecPublicKey. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int EC_PARAMETERS = 0xa0;

    private PrivateKeys() {}

    static PrivateKey read(String pem) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new InvalidKeySpecException("The client certificate's key is not a PEM private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
        byte[] pkcs8 = switch (matcher.group(1)) {
            case "RSA PRIVATE KEY" -> element(SEQUENCE, VERSION_0, RSA, element(OCTET_STRING, der));
            case "EC PRIVATE KEY" -> element(SEQUENCE, VERSION_0, element(SEQUENCE, EC, curveOf(der)),
                    element(OCTET_STRING, der));
            default -> der;
        };
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException anotherAlgorithm) {
                continue;
            }
        }
        throw new InvalidKeySpecException("The client certificate's key is neither RSA, EC nor EdDSA");
    }

    /** Find the curve's object id in an ECPrivateKey: SEQUENCE of version, key, [0] parameters, [1] public key. */
    private static byte[] curveOf(byte[] der) throws InvalidKeySpecException {
        try {
            ByteBuffer key = contents(ByteBuffer.wrap(der), SEQUENCE);
            while (key.hasRemaining()) {
                int tag = key.get(key.position()) & 0xff;
                ByteBuffer field = contents(key, tag);
                if (tag == EC_PARAMETERS) {
                    byte[] curve = new byte[field.remaining()];
                    field.get(curve);
                    return curve;
                }
            }
        } catch (RuntimeException cutOff) {
            throw new InvalidKeySpecException("The client certificate's EC key is damaged", cutOff);
        }
        throw new InvalidKeySpecException("The client certificate's EC key does not name its curve");
    }

    private static ByteBuffer contents(ByteBuffer from, int expectedTag) throws InvalidKeySpecException {
        if ((from.get() & 0xff) != expectedTag) {
            throw new InvalidKeySpecException("The client certificate's EC key is damaged");
        }
        int length = from.get() & 0xff;
        if (length > 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | from.get() & 0xff;
            }
        }
        ByteBuffer contents = from.slice(from.position(), length);
        from.position(from.position() + length);
        return contents;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            contents.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = contents.size();
        if (length < 0x80) {
            element.write(length);
        } else {
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        element.writeBytes(contents.toByteArray());
        return element.toByteArray();
    }
}
