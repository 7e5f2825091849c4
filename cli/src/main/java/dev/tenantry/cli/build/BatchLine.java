package dev.tenantry.cli.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.batch.BatchFile;

/**
 * One Kustomization of a batch.
 *
 * @param id names the result
 * @param root the folder that stands for the source, already filtered
 * @param path the folder to build in it
 * @param kustomization the Flux Kustomization
 */
record BatchLine(String id, Path root, String path, ObjectNode kustomization) implements BatchFile.Line {

    /** Read all lines of a file. */
    static List<BatchLine> read(Path file) throws IOException {
        return BatchFile.read(file, BatchLine::of);
    }

    private static BatchLine of(JsonNode json) {
        if (!(json.path("ks") instanceof ObjectNode kustomization)) {
            throw new IllegalArgumentException("ks is no object");
        }
        return new BatchLine(BatchFile.string(json, "id"), BatchFile.path(json, "root"),
                BatchFile.string(json, "path"), kustomization);
    }
}
