package dev.tenantry.cli.secrets;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.tenantry.cli.terminal.CommandLines;

/** Runs a command as the front door does, and keeps what it says. */
final class Terminal {

    private Terminal() {}

    /** What a command said, and how it ended. */
    record Result(int status, String out, String err) {}

    static Result run(Object command, Object... arguments) {
        return run("", command, arguments);
    }

    /** Run a command with a text as stdin. */
    static Result run(String input, Object command, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            int status = CommandLines.of(command)
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Result(status, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
    }
}
