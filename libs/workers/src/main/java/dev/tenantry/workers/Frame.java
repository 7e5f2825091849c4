package dev.tenantry.workers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One message between the JVM and a worker: the payload's length in four bytes, the type in one, the payload.
 *
 * <p>The types here are those of every worker; what a worker asks in the middle of a job is its own. The protocol is
 * described in {@code workers/README.md}. {@code toString()} tells nothing of the payload, which may hold secrets.
 */
public record Frame(byte type, byte[] payload) {

    static final byte HELLO = 'H';
    static final byte JOB = 'J';
    static final byte OUTPUT = 'O';
    static final byte FAILURE = 'F';

    private static final byte[] NOTHING = {};
    private static final int MAX_PAYLOAD = 1 << 30;

    public static Frame of(byte type) {
        return new Frame(type, NOTHING);
    }

    public static Frame of(byte type, String text) {
        return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Read the next frame.
     *
     * @throws EOFException when the worker is gone
     */
    static Frame read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte type = in.readByte();
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new IOException("A worker sent a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("A worker ended within a frame");
        }
        return new Frame(type, payload);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(payload.length);
        out.writeByte(type);
        out.write(payload);
        out.flush();
    }

    /** Give the payload as text in UTF-8. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return (char) type + " of " + payload.length + " bytes";
    }
}
