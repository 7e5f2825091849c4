package dev.tenantry.testkit.git;

import java.net.URI;

/** What goes wrong on a git server while it is injected. */
public sealed interface GitFault {

    /** Answer every request with a status and an HTML page. */
    record Status(int code) implements GitFault {}

    /** Take a request and never answer. */
    record StallBeforeAnswer() implements GitFault {}

    /** Answer, then send nothing more after some bytes of the body, with the connection left open. */
    record StallAfter(long bytes) implements GitFault {}

    /** Answer, then cut the connection after some bytes of the body. */
    record CutAfter(long bytes) implements GitFault {}

    /** Send the body slowly. */
    record Slow(int bytesPerSecond) implements GitFault {}

    /** Send clients to another base URL, with the rest of the path appended. */
    record Redirect(URI to) implements GitFault {}
}
