package dev.tenantry.git;

import java.util.List;
import java.util.Optional;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.FetchResult.Failure;
import dev.tenantry.git.FetchResult.NotFound;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.git.ReferenceSelector.Name;
import dev.tenantry.git.ReferenceSelector.Pinned;
import dev.tenantry.git.ReferenceSelector.SemverRange;
import dev.tenantry.git.ReferenceSelector.Tag;

/** What a selector found among a remote's references. */
sealed interface SelectedReference {

    /** Nothing, and how to say so. */
    record Absent(Failure failure) implements SelectedReference {}

    /**
     * The references that may lead to the commit: one, or several where only their commits decide.
     */
    record Choice(ReferenceSelector selector, List<Ref> candidates) implements SelectedReference {

        /** Return the commit asked for by its id, if one was. */
        @Nullable
        CommitId pinned() {
            return selector instanceof Pinned pinned ? pinned.commit() : null;
        }

        Revision revision(@Nullable Ref chosen, CommitId commit) {
            return switch (selector) {
                case Branch branch -> Revision.of(branch.name(), commit);
                case Tag tag -> Revision.of(tag.name(), commit);
                case Name name -> Revision.of(name.fullName(), commit);
                case SemverRange range -> chosen == null
                        ? Revision.of(commit)
                        : Revision.of(chosen.getName().substring(Constants.R_TAGS.length()), commit);
                case Pinned pinned ->
                    pinned.branch() == null ? Revision.of(commit) : Revision.of(pinned.branch(), commit);
            };
        }

        Failure noCommit(Remote remote) {
            return new NotFound(switch (selector) {
                case Pinned pinned -> "commit " + pinned.commit() + " not found "
                        + (pinned.branch() == null ? "on any branch" : "on branch '" + pinned.branch() + "'");
                case Branch branch -> "branch '" + branch.name() + "' does not lead to a commit";
                case Tag tag -> "tag '" + tag.name() + "' does not lead to a commit";
                case Name name -> "reference '" + name.fullName() + "' does not lead to a commit";
                case SemverRange range -> "the tags that match semver '" + range.range() + "' lead to no commit";
            } + " in " + remote.url());
        }
    }

    static SelectedReference of(FetchRequest request, RemoteReferences references) {
        ReferenceSelector selector = request.selector();
        return switch (selector) {
            case Branch branch ->
                one(request, references, Constants.R_HEADS + branch.name(), "branch '" + branch.name() + "'");
            case Tag tag -> one(request, references, Constants.R_TAGS + tag.name(), "tag '" + tag.name() + "'");
            case Name name -> one(request, references, name.fullName(), "reference '" + name.fullName() + "'");
            case SemverRange range -> {
                List<Ref> highest = references.highest(range.range());
                yield highest.isEmpty()
                        ? absent(request, "no tag matches semver '" + range.range() + "'")
                        : new Choice(selector, highest);
            }
            case Pinned pinned when pinned.branch() != null ->
                one(request, references, Constants.R_HEADS + pinned.branch(),
                        "branch '" + pinned.branch() + "'");
            case Pinned pinned -> new Choice(selector, List.copyOf(references.heads()));
        };
    }

    private static SelectedReference one(FetchRequest request, RemoteReferences references, String name, String said) {
        Optional<Ref> ref = references.get(name).filter(found -> found.getObjectId() != null);
        if (ref.isPresent()) {
            return new Choice(request.selector(), List.of(ref.get()));
        }
        return absent(request, said + " not found");
    }

    private static Absent absent(FetchRequest request, String said) {
        return new Absent(new NotFound(said + " in " + request.remote().url()));
    }
}
