package dev.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.LogContextInitializer;
import org.jboss.logmanager.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.bootstrap.logging.InitialConfigurator;

/** Classes are initialized once for a JVM, so each story has one of its own. */
class LoggingTest {

    private static final String SET_UP = "set-up";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    @TempDir
    private Path classes;

    @BeforeEach
    void aSlowMachine() throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(LogContextInitializer.class.getName()), SlowInitializer.class.getName());
    }

    @Test
    void twoThreadsThatLogAtOnceDoNotWaitForEachOther() throws Exception {
        assertThat(race(SET_UP)).isZero();
    }

    /** If this fails, the libraries have learned it, and {@link Logging} is no longer needed. */
    @Test
    void withoutTheSetUpTheyWaitForEver() throws Exception {
        assertThat(race("")).isEqualTo(1);
    }

    private int race(String how) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=" + LogManager.class.getName(),
                "-cp", classes + ":" + System.getProperty("java.class.path"), Race.class.getName(), how)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return jvm.exitValue();
        } finally {
            jvm.destroyForcibly();
        }
    }

    static final class Race {

        public static void main(String... arguments) throws InterruptedException {
            if (arguments[0].equals(SET_UP)) {
                Logging.setUp();
            }
            Thread broker = new Thread(LogContext::getLogContext);
            Thread postgres = new Thread(() -> System.getLogger("postgres").isLoggable(System.Logger.Level.INFO));
            broker.start();
            Thread.sleep(SlowInitializer.TIME.dividedBy(4));
            postgres.start();
            boolean done = broker.join(LONG_ENOUGH) && postgres.join(LONG_ENOUGH);
            Runtime.getRuntime().halt(done ? 0 : 1);
        }
    }

    /** Quarkus' own, on a machine that loads classes slowly. */
    public static final class SlowInitializer implements LogContextInitializer {

        private static final Duration TIME = Duration.ofSeconds(1);

        private final LogContextInitializer quarkus;

        public SlowInitializer() throws InterruptedException {
            Thread.sleep(TIME);
            quarkus = new InitialConfigurator();
        }

        @Override
        public java.util.logging.Handler[] getInitialHandlers(String loggerName) {
            return quarkus.getInitialHandlers(loggerName);
        }
    }
}
