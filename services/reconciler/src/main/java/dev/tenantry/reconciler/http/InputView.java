package dev.tenantry.reconciler.http;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tenantry.reconciler.build.RecordedAnswer;

/** One thing of its source that a build asked for, as REST shows it. */
@Schema(name = "BuildInput", description = "Something of the source that the last build depends on; "
        + "as long as all of them are the same, a commit costs no build")
record InputView(
        @Schema(description = "What the build asked: a file's content, the names in a folder, or what a path leads to") Question question,
        @Schema(description = "The path in the source", examples = "apps/web/kustomization.yaml") String path,
        @Schema(description = "The answer: a git blob id, a digest of the names, or file, folder or absent")
        @Nullable String answer) {

    /** What a build may ask of its source. */
    enum Question {
        @JsonProperty("content")
        CONTENT, @JsonProperty("listing")
        LISTING, @JsonProperty("type")
        TYPE
    }

    static InputView of(RecordedAnswer answer) {
        return switch (answer) {
            case RecordedAnswer.Content content -> new InputView(Question.CONTENT, content.path(), content.blobId());
            case RecordedAnswer.Listing listing -> new InputView(Question.LISTING, listing.path(), listing.digest());
            case RecordedAnswer.Type type -> new InputView(Question.TYPE, type.path(),
                    switch (type.type()) {
                        case FILE -> "file";
                        case FOLDER -> "folder";
                        case ABSENT -> "absent";
                    });
        };
    }
}
