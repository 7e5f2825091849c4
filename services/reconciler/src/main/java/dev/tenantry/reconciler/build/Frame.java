package dev.tenantry.reconciler.build;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One message between the JVM and a worker: the payload's length in four bytes, the type in one, the payload.
 *
 * <p>The protocol is described in {@code workers/README.md}.
 */
record Frame(byte type, byte[] payload) {

    // What a worker sends.
    static final byte HELLO = 'H';
    static final byte STAT = 'S';
    static final byte READ = 'R';
    static final byte LIST = 'L';
    static final byte WARNING = 'W';
    static final byte OUTPUT = 'O';
    static final byte FAILURE = 'F';

    // What the JVM sends.
    static final byte BUILD = 'B';
    static final byte ABSENT = 'a';
    static final byte IS_FILE = 'f';
    static final byte FOLDER = 'd';
    static final byte CONTENT = 'c';
    static final byte LISTING = 'l';
    static final byte REFUSED = 'x';

    private static final byte[] NOTHING = {};
    private static final int MAX_PAYLOAD = 1 << 30;

    static Frame of(byte type) {
        return new Frame(type, NOTHING);
    }

    static Frame of(byte type, String text) {
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

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
