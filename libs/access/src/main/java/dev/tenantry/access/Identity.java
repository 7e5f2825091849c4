package dev.tenantry.access;

import java.util.List;
import java.util.Map;

/** Who asks. */
public sealed interface Identity {

    /**
     * Someone whom the API server knows.
     *
     * @param name the user name, such as {@code system:serviceaccount:team:robot}
     * @param uid the identity over time; empty when the server has none
     * @param groups the groups
     * @param extra what else the authenticator told, for the authorizer
     */
    record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) implements Identity {

        public User {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("A user without a name");
            }
            groups = List.copyOf(groups);
            extra = Map.copyOf(extra);
        }
    }

    /** A part or the owner of this very process, on the same machine, who may do whatever the process may. */
    record Local() implements Identity {}
}
