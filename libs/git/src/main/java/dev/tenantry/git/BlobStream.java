package dev.tenantry.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A blob's content with its size, that gives back what it holds when closed. */
final class BlobStream extends FilterInputStream {

    private final long size;
    private final Runnable release;

    BlobStream(InputStream in, long size, Runnable release) {
        super(in);
        this.size = size;
        this.release = release;
    }

    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            release.run();
        }
    }
}
