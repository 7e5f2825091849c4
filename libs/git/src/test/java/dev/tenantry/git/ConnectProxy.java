package dev.tenantry.git;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that tunnels (CONNECT) for those with the right name and password. */
final class ConnectProxy implements AutoCloseable {

    static final String USERNAME = "proxy-user";
    static final String PASSWORD = "proxy-password";

    final List<String> targets = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ConnectProxy() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::accept);
    }

    URI address() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            threads.submit(() -> serve(client));
        }
    }

    private Void serve(Socket client) throws IOException {
        String expected = "Proxy-Authorization: Basic " + Base64.getEncoder()
                .encodeToString((USERNAME + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        BufferedReader in = new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        OutputStream out = client.getOutputStream();
        while (true) {
            String request = in.readLine();
            boolean allowed = false;
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                allowed |= header.equalsIgnoreCase(expected);
            }
            if (request == null) {
                return null;
            }
            if (allowed) {
                tunnel(client, request.split(" ")[1]);
                return null;
            }
            write(out, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
                    + "Content-Length: 0\r\n\r\n");
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        targets.add(target);
        int colon = target.lastIndexOf(':');
        try (client;
                Socket server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
            threads.submit(() -> server.getInputStream().transferTo(client.getOutputStream()));
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
