package dev.tenantry.secretsservice.http;

import java.time.Clock;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import dev.tenantry.access.RateLimit;
import dev.tenantry.secretsservice.SecretsServiceConfig;

/**
 * How often one client may have something opened, and how much all have at once: each opening is work for a processor.
 *
 * <p>The API server's proxy adds the client's address to X-Forwarded-For, behind whatever the client wrote there.
 */
public final class RequestLimit {

    /** A peer may be the API server, with many clients behind it. */
    private static final int CLIENTS_OF_A_PEER = 10;
    private static final int AT_ONCE = 2;
    /** Bodies may come slowly, and those who send them so must leave threads for all else that the process answers. */
    private static final int READ_AT_ONCE = 32;
    /** Of an address as text; what is longer is none, and is not remembered. */
    private static final int LONGEST_ADDRESS = 45;

    private final RateLimit ofClient;
    private final RateLimit ofPeer;
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);

    public RequestLimit(SecretsServiceConfig.Http config, Clock clock) {
        this.ofClient = new RateLimit(config.burst(), config.refill(), clock);
        this.ofPeer = new RateLimit(config.burst() * CLIENTS_OF_A_PEER, config.refill().dividedBy(CLIENTS_OF_A_PEER),
                clock);
    }

    /** Tell whether a client may call now. */
    boolean allows(String path, String peer, @Nullable String forwardedFor) {
        String client = forwardedFor == null ? "" : forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
        if (client.length() > LONGEST_ADDRESS) {
            client = "";
        }
        // What a client has no right to takes none of the others behind the same peer.
        return ofClient.allows(path + " " + peer + " " + client) && ofPeer.allows(path + " " + peer);
    }

    /** Take a place among those whose bodies are read; tells whether there was one. */
    boolean beginReading() {
        return reading.tryAcquire();
    }

    void endReading() {
        reading.release();
    }

    /** Take a place among those at work; tells whether there was one. */
    boolean begin() {
        return running.tryAcquire();
    }

    void end() {
        running.release();
    }
}
