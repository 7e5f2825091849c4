package dev.tenantry.testkit.git;

import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/** Git's smart HTTP protocol (gitprotocol-http) over the JDK's server. */
final class GitHandler implements HttpHandler {

    private static final Pattern PATH = Pattern
            .compile("/(.+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");

    private final GitServer server;
    private final RequestCounts counts;
    private final FaultInjector faults;

    GitHandler(GitServer server, RequestCounts counts, FaultInjector faults) {
        this.server = server;
        this.counts = counts;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        counts.begin(exchange);
        try {
            answer(exchange);
        } finally {
            counts.end(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        byte[] request = body(exchange);
        boolean pack = path.matches() && isAboutObjects(path.group(2), request);
        if (isFaulty(exchange, pack)) {
            return;
        }
        if (!server.isAllowed(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
            finish(exchange, 401);
            return;
        }
        TestRepository repository = path.matches() ? server.find(path.group(1)) : null;
        if (repository == null) {
            finish(exchange, 404);
            return;
        }
        String service = path.group(2).equals("info/refs") ? serviceOf(exchange) : path.group(2);
        try (Repository git = repository.open()) {
            if (path.group(2).equals("info/refs")) {
                counts.advertised();
                advertise(exchange, git, service);
            } else if (service.equals("git-upload-pack")) {
                upload(exchange, git, request, pack);
            } else {
                counts.pushed();
                receive(exchange, repository, git, request);
            }
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return (zipped ? new GZIPInputStream(in) : in).readAllBytes();
    }

    private static boolean isAboutObjects(String resource, byte[] request) {
        return !resource.equals("info/refs") && !isListing(request);
    }

    private static boolean isListing(byte[] request) {
        String start = new String(request, 0, Math.min(40, request.length), StandardCharsets.ISO_8859_1);
        return start.contains("command=ls-refs");
    }

    private boolean isFaulty(HttpExchange exchange, boolean pack) throws IOException {
        return switch (faults.current(pack)) {
            case GitFault.Status status -> {
                finish(exchange, status.code());
                yield true;
            }
            case GitFault.StallBeforeAnswer stall -> {
                faults.stall(pack);
                yield true;
            }
            case GitFault.Redirect redirect -> {
                String query = exchange.getRequestURI().getRawQuery();
                exchange.getResponseHeaders()
                        .set("Location",
                                redirect.to() + exchange.getRequestURI().getPath()
                                        + (query == null ? "" : "?" + query));
                finish(exchange, 302);
                yield true;
            }
            case null, default -> false;
        };
    }

    private void finish(HttpExchange exchange, int status) throws IOException {
        byte[] page = ("<html><body>status " + status + "</body></html>\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
        end(exchange);
    }

    private void end(HttpExchange exchange) {
        counts.end(exchange);
        exchange.close();
    }

    private static String serviceOf(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query != null && query.contains("git-receive-pack") ? "git-receive-pack" : "git-upload-pack";
    }

    private void advertise(HttpExchange exchange, Repository git, String service) throws IOException {
        OutputStream out = begin(exchange, "application/x-" + service + "-advertisement", false);
        PacketLineOut lines = new PacketLineOut(out);
        PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(lines);
        if (service.equals("git-receive-pack")) {
            writeService(lines, service);
            new ReceivePack(git).sendAdvertisedRefs(advertiser);
        } else {
            UploadPack upload = uploadPack(exchange, git);
            // Servers of protocol 2 leave the line out; clients take both.
            if (exchange.getRequestHeaders().getFirst("Git-Protocol") == null) {
                writeService(lines, service);
            }
            upload.sendAdvertisedRefs(advertiser, null);
        }
        lines.flush();
        end(exchange);
    }

    private static void writeService(PacketLineOut lines, String service) throws IOException {
        lines.writeString("# service=" + service + "\n");
        lines.end();
    }

    private void upload(HttpExchange exchange, Repository git, byte[] request, boolean pack) throws IOException {
        if (isListing(request)) {
            counts.listed();
        } else {
            counts.fetched();
        }
        OutputStream out = begin(exchange, "application/x-git-upload-pack-result", pack);
        try {
            uploadPack(exchange, git).upload(new ByteArrayInputStream(request), out, null);
        } catch (UploadPackInternalServerErrorException told) {
            // A wrong request is answered inside the protocol; a fault must still break the connection.
            if (!(told.getCause() instanceof PackProtocolException)) {
                throw told;
            }
        }
        out.flush();
        end(exchange);
    }

    private static UploadPack uploadPack(HttpExchange exchange, Repository git) {
        UploadPack upload = new UploadPack(git);
        upload.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            upload.setExtraParameters(List.of(protocol.split(":")));
        }
        return upload;
    }

    private void receive(HttpExchange exchange, TestRepository repository, Repository git, byte[] request)
            throws IOException {
        OutputStream out = begin(exchange, "application/x-git-receive-pack-result", true);
        ReceivePack receive = new ReceivePack(git);
        receive.setBiDirectionalPipe(false);
        receive.setAllowNonFastForwards(true);
        receive.receive(new ByteArrayInputStream(request), out, null);
        out.flush();
        end(exchange);
        repository.pushed();
    }

    private OutputStream begin(HttpExchange exchange, String type, boolean pack) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, 0);
        OutputStream counted = new FilterOutputStream(exchange.getResponseBody()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                counts.sent(length);
            }

            @Override
            public void close() throws IOException {
                // The exchange closes it; a fault must be able to leave it open.
                flush();
            }
        };
        return faults.wrap(counted, pack);
    }
}
