package dev.tenantry.cli.up;

/** Stop in order and exit 0 on SIGTERM, SIGINT or SIGHUP, for as long as this is open. */
final class StopOnSignal implements AutoCloseable {

    private final Thread hook;

    StopOnSignal(Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            // To be told to stop is no failure, so not the JVM's own 128 + signal. All that had to be closed is.
            Runtime.getRuntime().halt(0);
        }, "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // What failed only failed because all is being stopped: the hook has the last word.
            hook.join();
        }
    }
}
