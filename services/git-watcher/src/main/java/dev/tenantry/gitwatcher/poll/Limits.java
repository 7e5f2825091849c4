package dev.tenantry.gitwatcher.poll;

/**
 * Bound how much happens at once.
 *
 * @param looks how many sources are looked at, in all
 * @param looksOfNamespace how many of one namespace, so that one team's slow remotes leave room for the others
 * @param looksOfHost how many of one host, so that one that does not answer leaves room for the others
 */
public record Limits(int looks, int looksOfNamespace, int looksOfHost) {

    public Limits {
        if (looks < 1 || looksOfNamespace < 1 || looksOfHost < 1) {
            throw new IllegalArgumentException("At least one look has to be possible");
        }
    }
}
