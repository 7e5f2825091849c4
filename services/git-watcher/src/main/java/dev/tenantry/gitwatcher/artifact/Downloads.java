package dev.tenantry.gitwatcher.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import dev.tenantry.git.CommitId;
import dev.tenantry.git.Revision;
import dev.tenantry.git.Snapshot;
import dev.tenantry.git.Tarball;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Artifact;

/** Make archives for those who know their URL, with exactly the digest that the status names. */
public final class Downloads {

    private static final Logger LOG = Logger.getLogger(Downloads.class);

    private final ArtifactUrls urls;
    private final Archives archives;
    private final RecentArtifacts recent;
    private final Predicate<NamespacedName> supply;
    private final Path folder;

    /**
     * @param supply sees to it that what a source's status names is here, on whichever replica it was fetched
     * @param folder where archives are while they are sent
     */
    public Downloads(ArtifactUrls urls, Archives archives, RecentArtifacts recent, Predicate<NamespacedName> supply,
            Path folder) {
        this.urls = urls;
        this.archives = archives;
        this.recent = recent;
        this.supply = supply;
        this.folder = folder;
    }

    /** Delete what was being sent when an earlier life of this service was killed. */
    public void empty() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Find what a URL names, without making it.
     *
     * @param signature the secret part of the URL
     * @return empty if the URL is not one of ours, or another artifact took its place
     */
    public Optional<Artifact> find(Source source, CommitId commit, String signature) {
        return Stream
                .concat(Stream.ofNullable(source.status().artifact()), recent.find(source.name()).stream())
                .filter(known -> Revision.tryParse(known.revision())
                        .filter(revision -> revision.commit().equals(commit))
                        .isPresent())
                .filter(known -> urls.isSigned(signature, source.name(), commit, known.digest()))
                .findFirst();
    }

    /**
     * Make the archive that a URL names, in a file that the caller deletes.
     *
     * @param signature the secret part of the URL
     * @return empty if the URL is not one of ours, or the archive is gone
     */
    public Optional<Archive> make(Source source, CommitId commit, String signature) throws IOException {
        Optional<Artifact> artifact = find(source, commit, signature);
        if (artifact.isEmpty() || !supply.test(source.name())) {
            return Optional.empty();
        }
        Optional<Snapshot> snapshot = archives.snapshot(Fetcher.id(source.name()), commit, Fetcher.rules(source));
        return snapshot.isEmpty() ? Optional.empty() : pack(source, snapshot.get(), artifact.get().digest());
    }

    private Optional<Archive> pack(Source source, Snapshot snapshot, String digest) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "artifact-", ".tar.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Tarball packed = Tarball.write(snapshot, out);
            if (packed.digest().equals(digest)) {
                return Optional.of(new Archive(file, packed));
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        // Another zlib, or rules that changed since: the next look renews the status.
        LOG.warnf("An archive has another digest than its status says name=%s", source.name());
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    /**
     * An archive that was made.
     *
     * @param file where it is, until whoever sends it deletes it
     * @param tarball its digest and size
     */
    public record Archive(Path file, Tarball tarball) {}
}
