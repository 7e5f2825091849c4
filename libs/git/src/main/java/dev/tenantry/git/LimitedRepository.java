package dev.tenantry.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** A repository that refuses objects larger than a limit while they are received, before they need memory. */
final class LimitedRepository extends FileRepository {

    private final long maxObjectBytes;

    LimitedRepository(Path directory, long maxObjectBytes) throws IOException {
        super(directory.toFile());
        this.maxObjectBytes = maxObjectBytes;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter unlimited = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return unlimited;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = super.newPackParser(in);
                parser.setMaxObjectSizeLimit(maxObjectBytes);
                return parser;
            }
        };
    }
}
