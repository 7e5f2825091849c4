package dev.tenantry.standalone;

import java.lang.System.Logger.Level;

/** The logging of what starts before Quarkus does. */
final class Logging {

    private Logging() {}

    /**
     * Set it up, before there is a second thread that logs.
     *
     * <p>The first message sets it up. Two threads that come to it by different ways at once wait for each other for ever:
     * slf4j initializes JBoss' LogContext, which asks for the LogManager of java.util.logging, and System.Logger, by which
     * the JDK tells of each process that is started, configures that LogManager, which asks for LogContext.
     */
    static void setUp() {
        System.getLogger(Logging.class.getName()).log(Level.DEBUG, "Starting");
    }
}
