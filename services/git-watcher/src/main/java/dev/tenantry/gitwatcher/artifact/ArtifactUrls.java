package dev.tenantry.gitwatcher.artifact;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.tenantry.git.CommitId;
import dev.tenantry.kubernetes.NamespacedName;

/**
 * Hand out the URLs of archives: whoever has read an object's {@code status.artifact.url} may download, nobody else.
 */
public final class ArtifactUrls {

    /** What all downloads begin with, under the base URL. */
    public static final String ROOT = "/git-watcher/artifacts/";

    private final SigningKey key;
    private final URI base;

    /**
     * @param base scheme, host and port under which consumers reach this service
     */
    public ArtifactUrls(SigningKey key, URI base) {
        this.key = key;
        this.base = base;
    }

    /** Give the path that {@code status.artifact.path} has, of the form that Flux uses. */
    public String path(NamespacedName source, CommitId commit) {
        return "gitrepository/" + source.namespace() + "/" + source.name() + "/" + commit.hex() + ".tar.gz";
    }

    /** Give the URL of an archive. It differs with the archive's content, not only with the commit. */
    public String url(NamespacedName source, CommitId commit, String digest) {
        return base.resolve(ROOT + signature(source, commit, digest) + "/" + path(source, commit)).toString();
    }

    /** Tell, in constant time, whether the signature in a URL is that of this archive. */
    public boolean isSigned(String signature, NamespacedName source, CommitId commit, String digest) {
        return MessageDigest.isEqual(
                signature(source, commit, digest).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(NamespacedName source, CommitId commit, String digest) {
        return key.sign("artifact\n" + path(source, commit) + "\n" + digest);
    }
}
