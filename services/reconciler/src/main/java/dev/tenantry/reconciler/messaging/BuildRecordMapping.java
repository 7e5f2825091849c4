package dev.tenantry.reconciler.messaging;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.tenantry.events.BuildRecorded;
import dev.tenantry.events.BuildRecorded.Answer;
import dev.tenantry.events.BuildRecorded.Found;
import dev.tenantry.events.Subject;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.RememberedBuild;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.build.RecordedAnswer;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.plan.Applied;

/** Write what is remembered of a build as an event, and read it back. */
final class BuildRecordMapping {

    private BuildRecordMapping() {}

    static BuildRecorded toEvent(Target target, Subject subject, RememberedBuild build, Instant now) {
        NamespacedName source = target.source();
        return new BuildRecorded(subject,
                new Subject("source.toolkit.fluxcd.io", target.spec().sourceRef().kind(), source.namespace(),
                        source.name(), null),
                build.revision(), build.inputs().answers().stream().map(BuildRecordMapping::answer).toList(),
                build.key(),
                build.digest(),
                build.applied()
                        .entrySet()
                        .stream()
                        .map(entry -> new BuildRecorded.Applied(object(entry.getKey()), entry.getValue().desired(),
                                entry.getValue().managed()))
                        .toList(),
                now);
    }

    static RememberedBuild fromEvent(BuildRecorded event) {
        Map<ObjectRef, Applied> applied = new HashMap<>();
        event.applied().forEach(each -> applied.put(object(each.object()), new Applied(each.hash(), each.managed())));
        return new RememberedBuild(event.renderingHash(), event.revision(),
                RecordedInputs.of(event.answers().stream().map(BuildRecordMapping::answer).toList()), event.digest(),
                applied);
    }

    private static Answer answer(RecordedAnswer answer) {
        return switch (answer) {
            case RecordedAnswer.Content content -> new Answer(content.path(), Found.FILE, content.blobId(),
                    Integer.toOctalString(content.mode()));
            case RecordedAnswer.Listing listing -> new Answer(listing.path(), Found.FOLDER, listing.digest(), null);
            case RecordedAnswer.Type type -> new Answer(type.path(), switch (type.type()) {
                case FILE -> Found.FILE;
                case FOLDER -> Found.FOLDER;
                case ABSENT -> Found.ABSENT;
            }, null, null);
        };
    }

    private static RecordedAnswer answer(Answer answer) {
        if (answer.id() == null) {
            return new RecordedAnswer.Type(answer.path(), switch (answer.found()) {
                case FILE -> RecordedAnswer.PathType.FILE;
                case FOLDER -> RecordedAnswer.PathType.FOLDER;
                case ABSENT -> RecordedAnswer.PathType.ABSENT;
            });
        }
        return answer.mode() == null
                ? new RecordedAnswer.Listing(answer.path(), answer.id())
                : new RecordedAnswer.Content(answer.path(), answer.id(), Integer.parseInt(answer.mode(), 8));
    }

    private static Subject object(ObjectRef ref) {
        return new Subject(ref.group(), ref.kind(), ref.namespace(), ref.name(), null);
    }

    private static ObjectRef object(Subject subject) {
        return new ObjectRef(subject.group(), subject.kind(), subject.namespace(), subject.name());
    }
}
