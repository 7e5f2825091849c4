package dev.tenantry.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.SideBandOutputStream;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Answer a request for one commit by what differs from a commit that the client has. It costs as much as has changed;
 * JGit's own answer first visits every folder that the client has, which are thousands for a change of one file.
 */
final class CommitPack {

    private static final int CHANNEL_DATA = 1;

    private final ObjectReader reader;
    private final PackConfig packing;

    CommitPack(ObjectReader reader, PackConfig packing) {
        this.reader = reader;
        this.packing = packing;
    }

    /** Write the sections acknowledgments, shallow-info and packfile of gitprotocol-v2. */
    void write(CommitRequest request, RevCommit wanted, RevCommit base, OutputStream out) throws IOException {
        PacketLineOut lines = new PacketLineOut(out);
        if (!request.done()) {
            lines.writeString("acknowledgments\n");
            lines.writeString("ACK " + base.name() + "\n");
            lines.writeString("ready\n");
            lines.writeDelim();
        }
        if (!request.shallow().contains(wanted) && wanted.getParentCount() > 0) {
            lines.writeString("shallow-info\n");
            lines.writeString("shallow " + wanted.name() + "\n");
            lines.writeDelim();
        }
        lines.writeString("packfile\n");
        try (RevWalk walk = new RevWalk(reader); PackWriter pack = new PackWriter(packing, reader)) {
            pack.setDeltaBaseAsOffset(true);
            pack.preparePack(difference(walk, wanted, base).values().iterator());
            SideBandOutputStream data = new SideBandOutputStream(CHANNEL_DATA, SideBandOutputStream.MAX_BUF, out);
            pack.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, data);
            data.flush();
        }
        lines.end();
    }

    private Map<ObjectId, RevObject> difference(RevWalk walk, RevCommit wanted, RevCommit base) throws IOException {
        Map<ObjectId, RevObject> objects = new LinkedHashMap<>();
        objects.put(wanted, wanted);
        if (!wanted.getTree().equals(base.getTree())) {
            objects.put(wanted.getTree(), wanted.getTree());
        }
        try (TreeWalk trees = new TreeWalk(reader)) {
            trees.setFilter(TreeFilter.ANY_DIFF);
            trees.addTree(base.getTree());
            trees.addTree(wanted.getTree());
            while (trees.next()) {
                FileMode mode = trees.getFileMode(1);
                if (mode == FileMode.MISSING || mode == FileMode.GITLINK) {
                    continue;
                }
                ObjectId id = trees.getObjectId(1);
                if (trees.isSubtree()) {
                    objects.putIfAbsent(id, walk.lookupAny(id, Constants.OBJ_TREE));
                    trees.enterSubtree();
                } else {
                    objects.putIfAbsent(id, walk.lookupAny(id, Constants.OBJ_BLOB));
                }
            }
        }
        return objects;
    }
}
