package dev.tenantry.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.WithDefault;

/**
 * Configure who may ask a service. Each service has it as a group of its own mapping, such as
 * {@code git-watcher.access.*}, so that services in one process do not share settings.
 */
public interface AccessConfig {

    /**
     * Whether callers must show who they are. It can be off only while the HTTP listener is on a loopback address: anyone
     * on the machine may then do whatever the service may.
     */
    @WithDefault("true")
    boolean required();

    /** The audiences of which a token must name one; when empty, tokens for the API server itself are taken. */
    Optional<List<String>> audiences();

    /** A secret by which parts of this process call each other within this machine; no such calls when empty. */
    Optional<String> localToken();

    /** For how long the API server's word on a token or a right is taken without asking again. */
    @WithDefault("PT10S")
    Duration cacheFor();
}
