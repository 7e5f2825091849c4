package dev.tenantry.reconciler.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.tenantry.reconciler.build.RecordedAnswer.PathType;
import dev.tenantry.reconciler.build.SourceTree.Entry;
import dev.tenantry.reconciler.build.SourceTree.File;
import dev.tenantry.reconciler.build.SourceTree.Folder;
import dev.tenantry.workers.Frame;
import dev.tenantry.workers.Respondent;

/** Answer the questions of one build from its source, within the limits, and remember every answer. */
final class Answers implements Respondent {

    private static final long MEBIBYTE = 1L << 20;

    private final SourceTree tree;
    private final BuildLimits limits;
    private final Map<String, RecordedAnswer> types = new LinkedHashMap<>();
    private final Map<String, RecordedAnswer> details = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private int files;
    private long bytes;
    private @Nullable IOException failure;

    Answers(SourceTree tree, BuildLimits limits) {
        this.tree = tree;
        this.limits = limits;
    }

    @Override
    public Optional<Frame> respond(Frame frame) throws IOException {
        return switch (frame.type()) {
            case Question.STAT, Question.READ, Question.LIST -> Optional.of(answer(frame));
            case Question.WARNING -> {
                warnings.add(frame.text());
                yield Optional.empty();
            }
            default -> throw new IOException("A worker sent a frame of type " + (char) frame.type());
        };
    }

    /** Answer one question; a source that cannot be read refuses, and its error is kept. */
    Frame answer(Frame question) {
        String path = question.text();
        try {
            Optional<Entry> entry = tree.entry(path);
            return switch (question.type()) {
                case Question.STAT -> type(path, entry);
                case Question.READ -> entry.orElse(null) instanceof File file ? content(path, file) : type(path, entry);
                case Question.LIST -> entry.orElse(null) instanceof Folder ? listing(path) : type(path, entry);
                default -> throw new IllegalArgumentException("No question: " + (char) question.type());
            };
        } catch (IOException e) {
            failure = e;
            return Frame.of(Question.REFUSED, "the source cannot be read");
        }
    }

    /** Give what the worker warned of. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Give the error with which the source could not be read, if there was one. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Give what was asked for; a question that another implies is left out. */
    RecordedInputs recorded() {
        Map<String, RecordedAnswer> all = new LinkedHashMap<>(types);
        details.forEach((path, answer) -> {
            all.remove(path);
            all.put(path, answer);
        });
        return RecordedInputs.of(all.values());
    }

    private Frame type(String path, Optional<Entry> entry) {
        PathType type = PathType.of(entry);
        types.put(path, new RecordedAnswer.Type(path, type));
        return Frame.of(switch (type) {
            case FILE -> Question.IS_FILE;
            case FOLDER -> Question.FOLDER;
            case ABSENT -> Question.ABSENT;
        });
    }

    private Frame content(String path, File file) throws IOException {
        details.put(path, new RecordedAnswer.Content(path, file.blobId(), file.mode()));
        long size = tree.size(path);
        if (size > limits.fileBytes()) {
            return refuse(path + " has " + mebibytes(size) + ", more than the " + mebibytes(limits.fileBytes())
                    + " that a file in a build may have");
        }
        if (++files > limits.files()) {
            return refuse("the build reads more than " + limits.files()
                    + " files, the limit of one Kustomization; split it into several");
        }
        bytes += size;
        if (bytes > limits.totalBytes()) {
            return refuse("the build reads more than " + mebibytes(limits.totalBytes())
                    + ", the limit of one Kustomization; split it into several");
        }
        return new Frame(Question.CONTENT, tree.read(path));
    }

    private Frame listing(String path) throws IOException {
        List<Entry> entries = tree.list(path);
        details.put(path, RecordedAnswer.Listing.of(path, entries));
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            payload.write(entry instanceof Folder ? Question.FOLDER : Question.IS_FILE);
            payload.writeBytes(entry.name().getBytes(StandardCharsets.UTF_8));
            payload.write(0);
        }
        return new Frame(Question.LISTING, payload.toByteArray());
    }

    private static Frame refuse(String message) {
        return Frame.of(Question.REFUSED, message);
    }

    private static String mebibytes(long bytes) {
        return bytes % MEBIBYTE == 0
                ? bytes / MEBIBYTE + " MiB"
                : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MEBIBYTE);
    }
}
