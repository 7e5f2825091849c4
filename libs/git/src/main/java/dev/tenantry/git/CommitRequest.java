package dev.tenantry.git;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineIn;

/**
 * What a request of git's protocol (gitprotocol-v2, command fetch) asks for.
 *
 * @param wants the objects that are asked for
 * @param haves what the client says it has, the newest first
 * @param shallow what the client has without its history
 * @param done whether the client takes the answer whatever is common
 * @param single whether it is for one commit without its history, with nothing asked for that changes the answer
 */
record CommitRequest(List<ObjectId> wants, List<ObjectId> haves, List<ObjectId> shallow, boolean done, boolean single) {

    private static final int ID_LENGTH = 40;
    private static final Set<String> WITHOUT_EFFECT = Set.of("command=fetch", "thin-pack", "ofs-delta", "no-progress",
            "include-tag", "deepen 1");

    static CommitRequest parse(byte[] request) throws IOException {
        List<ObjectId> wants = new ArrayList<>();
        List<ObjectId> haves = new ArrayList<>();
        List<ObjectId> shallow = new ArrayList<>();
        boolean done = false;
        boolean depthOne = false;
        boolean plain = true;
        PacketLineIn lines = new PacketLineIn(new ByteArrayInputStream(request));
        for (Optional<String> next = next(lines); next.isPresent(); next = next(lines)) {
            String line = next.get();
            int space = line.indexOf(' ');
            switch (space < 0 ? line : line.substring(0, space)) {
                case "want" -> wants.add(id(line, space));
                case "have" -> haves.add(id(line, space));
                case "shallow" -> shallow.add(id(line, space));
                case "done" -> done = true;
                default -> {
                    depthOne |= line.equals("deepen 1");
                    plain &= line.isEmpty() || line.startsWith("agent=") || WITHOUT_EFFECT.contains(line);
                }
            }
        }
        return new CommitRequest(List.copyOf(wants), List.copyOf(haves), List.copyOf(shallow), done,
                plain && depthOne && wants.size() == 1);
    }

    /** Return the next line; markers between sections are empty lines here. */
    private static Optional<String> next(PacketLineIn lines) throws IOException {
        try {
            String line = lines.readString();
            return Optional.of(PacketLineIn.isDelimiter(line) || PacketLineIn.isEnd(line) ? "" : line);
        } catch (EOFException end) {
            return Optional.empty();
        }
    }

    private static ObjectId id(String line, int space) throws PackProtocolException {
        try {
            return ObjectId.fromString(line.substring(space + 1, space + 1 + ID_LENGTH));
        } catch (IndexOutOfBoundsException | InvalidObjectIdException none) {
            throw new PackProtocolException("Not the id of an object: " + line, none);
        }
    }
}
