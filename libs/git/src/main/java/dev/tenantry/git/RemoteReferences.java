package dev.tenantry.git;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.git.ReferenceSelector.Name;
import dev.tenantry.git.ReferenceSelector.Pinned;
import dev.tenantry.git.ReferenceSelector.SemverRange;
import dev.tenantry.git.ReferenceSelector.Tag;

/** What a remote said of its references, and what a selector chooses of them. */
final class RemoteReferences {

    private final Map<String, Ref> byName;

    RemoteReferences(Map<String, Ref> byName) {
        this.byName = byName;
    }

    /** Return the prefixes that a selector needs to see, so that the server need not tell all it has. */
    static List<String> prefixes(ReferenceSelector selector) {
        return switch (selector) {
            case Branch branch -> List.of(Constants.R_HEADS + branch.name());
            case Tag tag -> List.of(Constants.R_TAGS + tag.name());
            case SemverRange range -> List.of(Constants.R_TAGS);
            case Name name -> List.of(name.fullName());
            case Pinned pinned -> pinned.branch() == null
                    ? List.of(Constants.HEAD, Constants.R_HEADS)
                    : List.of(Constants.R_HEADS + pinned.branch());
        };
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    Optional<Ref> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Ref> heads() {
        return byName.values().stream().filter(ref -> ref.getName().startsWith(Constants.R_HEADS)).toList();
    }

    /** Return the tags with the highest version in a range, several if they differ in build metadata only. */
    List<Ref> highest(VersionRange range) {
        List<Ref> highest = new ArrayList<>();
        @Nullable
        Version best = null;
        for (Ref ref : byName.values().stream().sorted(Comparator.comparing(Ref::getName)).toList()) {
            Version version = version(ref);
            if (version == null || !range.contains(version)) {
                continue;
            }
            int order = best == null ? 1 : version.compareTo(best);
            if (order > 0) {
                highest.clear();
                best = version;
            }
            if (order >= 0) {
                highest.add(ref);
            }
        }
        return highest;
    }

    private static @Nullable Version version(Ref ref) {
        if (!ref.getName().startsWith(Constants.R_TAGS)) {
            return null;
        }
        return Version.ofTag(ref.getName().substring(Constants.R_TAGS.length())).orElse(null);
    }

    /** Return the commit that a reference leads to, as far as the server told. */
    static ObjectId target(Ref ref) {
        return ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
    }
}
