package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.tenantry.cli.batch.BatchFile;

/**
 * One SealedSecret of a batch.
 *
 * @param id names the result
 * @param file holds it
 */
record UnsealLine(String id, Path file) implements BatchFile.Line {

    /** Read all lines of a file. */
    static List<UnsealLine> read(Path file) throws IOException {
        return BatchFile.read(file, json -> new UnsealLine(BatchFile.string(json, "id"), BatchFile.path(json, "file")));
    }
}
