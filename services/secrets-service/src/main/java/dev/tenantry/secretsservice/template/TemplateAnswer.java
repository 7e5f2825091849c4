package dev.tenantry.secretsservice.template;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.secretsservice.sealing.Templates.Failed;
import dev.tenantry.secretsservice.sealing.Templates.Rendered;
import dev.tenantry.secretsservice.sealing.Templates.Unavailable;
import dev.tenantry.workers.Reply;

/** Reads what a worker says of a job, as {@code workers/README.md} describes it. */
final class TemplateAnswer {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private TemplateAnswer() {}

    static Templates.Rendering read(Reply.Answered answer) {
        try {
            if (answer.failed()) {
                Map<String, String> messages = new TreeMap<>();
                JSON.readValue(answer.body(), Failures.class)
                        .failures()
                        .forEach((key, failure) -> messages.put(key, failure.text()));
                return new Failed(messages);
            }
            return new Rendered(JSON.readValue(answer.body(), Output.class).rendered());
        } catch (IOException e) {
            // Its message and what it carries may quote values.
            return new Unavailable("a worker that renders templates answered in another form than this version reads");
        }
    }

    private record Output(Map<String, byte[]> rendered) {}

    private record Failures(Map<String, Failure> failures) {}

    /** A place, from 1 where it is known, and what went wrong there. */
    private record Failure(int line, int column, String message) {

        String text() {
            if (line == 0) {
                return message;
            }
            return "line " + line + (column == 0 ? "" : ", column " + column) + ": " + message;
        }
    }
}
