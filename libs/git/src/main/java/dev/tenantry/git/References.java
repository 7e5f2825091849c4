package dev.tenantry.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** The references that a selector may look at, and the names the store gives its own. */
final class References {

    private References() {}

    static boolean isValidName(String name) {
        String full = name.startsWith("refs/") ? name : Constants.R_HEADS + name;
        return !name.isEmpty() && Repository.isValidRefName(full);
    }

    /** Return the reference without its first two segments, as Flux writes it into revisions. */
    static String shorten(String fullName) {
        String[] segments = fullName.split("/", 3);
        return segments.length == 3 ? segments[2] : fullName;
    }
}
