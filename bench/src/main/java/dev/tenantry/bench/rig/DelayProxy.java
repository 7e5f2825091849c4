package dev.tenantry.bench.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Stand before a server of this machine, and give every byte that it answers to its clients only after a while, as if it
 * were far away. Connections pass as they are, with TLS and all.
 */
final class DelayProxy implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    /** How much may be on its way to one client: 16 MiB. */
    private static final int CHUNKS_ON_THE_WAY = 1024;

    private final InetSocketAddress target;
    private final Duration delay;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private DelayProxy(InetSocketAddress target, Duration delay, ServerSocket server) {
        this.target = target;
        this.delay = delay;
        this.server = server;
    }

    /** Stand before a server of this machine until this is closed. */
    static DelayProxy before(InetSocketAddress target, Duration delay) {
        try {
            var proxy = new DelayProxy(target, delay, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("delay-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stand before the API server of a kubeconfig.
     *
     * @throws CommandFailure if that is not on this machine's loopback, since its certificate would name another host
     */
    static DelayProxy before(Path kubeconfig, Duration delay) {
        URI url = URI.create(io.fabric8.kubernetes.client.Config.fromKubeconfig(kubeconfig.toFile()).getMasterUrl());
        var target = new InetSocketAddress(url.getHost(), url.getPort());
        if (target.isUnresolved() || !target.getAddress().isLoopbackAddress()) {
            throw new CommandFailure("the API server at %s is not on 127.0.0.1, where its answers could be delayed"
                    .formatted(url));
        }
        return before(target, delay);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Write a kubeconfig that leads here into a folder. */
    Path kubeconfig(Path original, Path folder) {
        Config config = Serialization.unmarshal(read(original), Config.class);
        config.getClusters().stream().map(NamedCluster::getCluster).forEach(this::lead);
        try {
            return Files.writeString(Files.createDirectories(folder).resolve("delayed.kubeconfig"),
                    Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lead(Cluster cluster) {
        cluster.setServer("https://127.0.0.1:" + port());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // It is closed, which ends the loop, or the client has gone already.
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        open.add(client);
        open.add(upstream);
        try {
            upstream.connect(target);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException e) {
            end(client, upstream);
            return;
        }
        var onTheWay = new ArrayBlockingQueue<Chunk>(CHUNKS_ON_THE_WAY);
        Thread.ofVirtual().start(() -> upwards(client, upstream));
        Thread.ofVirtual().start(() -> take(upstream, onTheWay));
        give(onTheWay, client);
        end(client, upstream);
    }

    /** A part of an answer, and when it may arrive; an empty one is the end. */
    private record Chunk(byte[] bytes, long due) {}

    private static void upwards(Socket client, Socket upstream) {
        try (InputStream in = client.getInputStream(); OutputStream out = upstream.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Either side has gone, which the other one finds out by its own socket.
        }
    }

    private void take(Socket upstream, BlockingQueue<Chunk> onTheWay) {
        var buffer = new byte[CHUNK];
        try {
            int length;
            do {
                length = read(upstream, buffer);
                onTheWay.put(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + delay.toNanos()));
            } while (length > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int read(Socket from, byte[] buffer) {
        try {
            return Math.max(0, from.getInputStream().read(buffer));
        } catch (IOException e) {
            return 0;
        }
    }

    private static void give(BlockingQueue<Chunk> onTheWay, Socket client) {
        try {
            OutputStream out = client.getOutputStream();
            for (Chunk chunk = onTheWay.take(); chunk.bytes.length > 0; chunk = onTheWay.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
                out.write(chunk.bytes);
            }
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Socket... sockets) {
        for (Socket socket : sockets) {
            open.remove(socket);
            close(socket);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException("A socket can't be closed", e);
        }
    }

    @Override
    public void close() {
        close(server);
        open.forEach(DelayProxy::close);
    }
}
