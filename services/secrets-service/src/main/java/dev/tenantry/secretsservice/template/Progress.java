package dev.tenantry.secretsservice.template;

import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.tenantry.workers.Frame;
import dev.tenantry.workers.Respondent;

/** Hears which template a worker has begun, so that one that never ends has a name. */
final class Progress implements Respondent {

    private static final byte BEGUN = 'T';

    private @Nullable String last;

    @Override
    public Optional<Frame> respond(Frame frame) throws IOException {
        if (frame.type() != BEGUN) {
            throw new IOException("A worker sent a frame of type " + (char) frame.type());
        }
        last = frame.text();
        return Optional.empty();
    }

    @Nullable
    String last() {
        return last;
    }
}
