package dev.tenantry.gitwatcher.repository;

import java.util.Map;
import java.util.Optional;

/** Read Secrets when they are needed; they are never kept. */
public interface Secrets {

    /** Read a Secret's entries, decoded; empty when there is no such Secret. */
    Optional<Map<String, byte[]>> read(String namespace, String name);
}
