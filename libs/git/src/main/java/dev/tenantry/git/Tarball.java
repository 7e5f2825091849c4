package dev.tenantry.git;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Pack a snapshot as Flux packs artifacts: a gzipped tar of regular files and folders, sorted, without owners and times.
 *
 * @param digest {@code sha256:<hex>} of the packed bytes
 * @param size their number
 */
public record Tarball(String digest, long size) {

    /**
     * Write the tarball while reading the snapshot; nothing is held in memory but one block.
     *
     * <p>
     * The same snapshot gives the same bytes each time (with the same version of zlib; the format of the entries does
     * not depend on it). The stream is flushed, not closed.
     */
    public static Tarball write(Snapshot snapshot, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Return digest and size without keeping the bytes. */
    public static Tarball measure(Snapshot snapshot) throws IOException {
        return write(snapshot, OutputStream.nullOutputStream());
    }
}
