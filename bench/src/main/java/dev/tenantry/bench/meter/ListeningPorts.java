package dev.tenantry.bench.meter;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a process listens for TCP connections. */
public final class ListeningPorts {

    private static final String LISTEN = "0A";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private ListeningPorts() {}

    /** Return its ports as URLs of this machine; none if it is somebody else's process. */
    public static List<URI> of(long pid) {
        ProcessFiles files = ProcessFiles.OF_THIS_MACHINE;
        Set<String> sockets = sockets(files.file(pid, "fd"));
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> ports(lines(files.file(pid, table)), sockets).stream())
                .distinct()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
    }

    /** Read the ports of a table of sockets whose inodes are among some. */
    static List<Integer> ports(List<String> table, Set<String> inodes) {
        List<Integer> ports = new ArrayList<>();
        for (String line : table) {
            String[] fields = BLANKS.split(line.strip());
            // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
            if (fields.length > 9 && fields[3].equals(LISTEN) && inodes.contains(fields[9])) {
                ports.add(Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16));
            }
        }
        return ports;
    }

    private static Set<String> sockets(Path descriptors) {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                inode(link).ifPresent(inodes::add);
            }
        } catch (IOException e) {
            // It is not ours to look into: nothing is known of its ports.
            return Set.of();
        }
        return inodes;
    }

    private static Optional<String> inode(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("socket:[")
                    ? Optional.of(target.substring("socket:[".length(), target.length() - 1))
                    : Optional.empty();
        } catch (IOException e) {
            // Closed meanwhile.
            return Optional.empty();
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }
}
