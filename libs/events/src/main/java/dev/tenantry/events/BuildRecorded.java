package dev.tenantry.events;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A target was built and applied from exactly these inputs.
 *
 * <p>At a new revision, a target whose inputs would be answered the same needs no build, no diff and no apply. The
 * topic is compacted: the newest record of a target stays, a tombstone removes it, and a lost one costs one build.
 *
 * @param target the target object
 * @param source the source object that it was built from
 * @param revision the source's revision
 * @param answers what the build asked of the source's tree, and what it was told, sorted by path
 * @param renderingHash the keyed hash of all that affects rendering besides the source: fields, ignore rules, the values
 *     of variables, the worker's version
 * @param digest the keyed hash of the objects that were rendered
 * @param applied the objects that were applied, each with its content's keyed hash
 * @param recordedAt when the apply was complete
 */
public record BuildRecorded(Subject target, Subject source, String revision, List<Answer> answers, String renderingHash,
        String digest, List<Applied> applied, Instant recordedAt) implements Event {

    public static final String TYPE = "dev.tenantry.build-recorded.v1";

    public BuildRecorded {
        Require.present(target, "target");
        Require.present(source, "source");
        Require.revision(revision, "revision");
        answers = List.copyOf(Require.present(answers, "answers"));
        Require.text(renderingHash, "renderingHash");
        Require.text(digest, "digest");
        applied = List.copyOf(Require.present(applied, "applied"));
        Require.present(recordedAt, "recordedAt");
    }

    /** What a build found at a path. */
    public enum Found {
        /** A regular file. */
        @JsonProperty("file")
        FILE,
        /** A folder. */
        @JsonProperty("folder")
        FOLDER,
        /** Nothing. */
        @JsonProperty("absent")
        ABSENT
    }

    /**
     * An answer that a build got about a path of its source.
     *
     * @param path the path from the source's root, without a leading slash; empty for the root itself
     * @param found what is there
     * @param id the file's blob id, or a hash of the names and types in the folder; null if only existence was asked
     * @param mode the file's mode in git, as in {@code 100644}; null unless the file's content was read
     */
    public record Answer(String path, Found found, @Nullable String id, @Nullable String mode) {

        public Answer {
            Require.present(path, "path");
            Require.present(found, "found");
            Require.textOrNull(id, "id");
            Require.textOrNull(mode, "mode");
            Require.that(!path.startsWith("/"), "path is absolute: %s", path);
            Require.that(found != Found.ABSENT || id == null, "an absent path has an id: %s", path);
            Require.that(found == Found.FILE || mode == null, "a path that is no file has a mode: %s", path);
        }
    }

    /**
     * An object that was applied.
     *
     * @param object the object
     * @param hash the HMAC of what was applied, with the installation's key: it tells no one a Secret's content
     * @param managed the hash of our entry in its managedFields then, by which a later change is seen; it covers no values
     */
    public record Applied(Subject object, String hash, String managed) {

        public Applied {
            Require.present(object, "object");
            Require.text(hash, "hash");
            Require.present(managed, "managed");
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.BUILDS;
    }

    @Override
    public Subject subject() {
        return target;
    }

    @Override
    public Instant occurredAt() {
        return recordedAt;
    }
}
