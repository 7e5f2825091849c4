package dev.tenantry.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * Pack a snapshot as Flux packs artifacts: a gzipped tar of regular files and folders, sorted, without owners and times.
 *
 * @param digest {@code sha256:<hex>} of the packed bytes
 * @param size their number
 */
public record Tarball(String digest, long size) {

    private static final int FILE_MODE = 0600;
    private static final int EXECUTABLE_MODE = 0700;
    private static final int FOLDER_MODE = 0750;
    private static final int BUFFER = 64 * 1024;

    /**
     * Write the tarball while walking the snapshot ({@link Snapshot#walk}, whose limits hold); nothing is held in memory but
     * one block.
     *
     * <p>
     * The same snapshot gives the same bytes each time (with the same version of zlib; the format of the entries does
     * not depend on it). The stream is flushed, not closed.
     */
    public static Tarball write(Snapshot snapshot, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        Counted counted = new Counted(new DigestOutputStream(out, digest));
        GZIPOutputStream gzip = new GZIPOutputStream(counted, BUFFER);
        gzip.write(TarEntryHeader.of(".", '5', FOLDER_MODE, 0));
        snapshot.walk(new Entries(gzip));
        gzip.write(new byte[2 * TarEntryHeader.BLOCK]);
        gzip.finish();
        counted.flush();
        return new Tarball("sha256:" + HexFormat.of().formatHex(digest.digest()), counted.count);
    }

    /** Return digest and size without keeping the bytes. */
    public static Tarball measure(Snapshot snapshot) throws IOException {
        return write(snapshot, OutputStream.nullOutputStream());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private record Entries(OutputStream out) implements Snapshot.Visitor {

        @Override
        public void folder(Snapshot.Entry.Folder folder) throws IOException {
            out.write(TarEntryHeader.of(folder.path(), '5', FOLDER_MODE, 0));
        }

        @Override
        public void file(Snapshot.Entry.File file, long size, InputStream content) throws IOException {
            out.write(TarEntryHeader.of(file.path(), '0', file.executable() ? EXECUTABLE_MODE : FILE_MODE, size));
            long written = content.transferTo(out);
            if (written != size) {
                throw new IOException(file.path() + " has " + written + " bytes instead of " + size);
            }
            out.write(new byte[(int) (-size & (TarEntryHeader.BLOCK - 1))]);
        }
    }

    private static final class Counted extends OutputStream {

        private final OutputStream out;
        private long count;

        private Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
