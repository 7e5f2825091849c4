package dev.tenantry.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** The rules for names of references (git-check-ref-format). */
final class References {

    private References() {}

    static boolean isValidName(String name) {
        String full = name.startsWith("refs/") ? name : Constants.R_HEADS + name;
        return !name.isEmpty() && Repository.isValidRefName(full);
    }
}
