package dev.tenantry.testkit.git;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Hold the fault of the moment and do what it says to answers. */
final class FaultInjector {

    private volatile @Nullable Injected everywhere;
    private volatile @Nullable Injected inPacks;

    private record Injected(GitFault fault, CountDownLatch over) {
        private Injected(GitFault fault) {
            this(fault, new CountDownLatch(1));
        }
    }

    /** What a broken connection looks like to the handler. */
    static final class Cut extends IOException {
        private static final long serialVersionUID = 1L;

        private Cut() {
            super("cut by an injected fault");
        }
    }

    void inject(GitFault fault) {
        recover();
        everywhere = new Injected(fault);
    }

    void injectIntoPacks(GitFault fault) {
        recover();
        inPacks = new Injected(fault);
    }

    void recover() {
        for (Injected injected : new Injected[]{everywhere, inPacks}) {
            if (injected != null) {
                injected.over.countDown();
            }
        }
        everywhere = null;
        inPacks = null;
    }

    @Nullable
    GitFault current(boolean pack) {
        Injected injected = injected(pack);
        return injected == null ? null : injected.fault;
    }

    private @Nullable Injected injected(boolean pack) {
        Injected general = everywhere;
        return general == null && pack ? inPacks : general;
    }

    /** Wait until the fault is over, then break off. */
    void stall(boolean pack) throws IOException {
        Injected injected = injected(pack);
        if (injected != null) {
            stall(injected);
        }
    }

    private static void stall(Injected injected) throws IOException {
        try {
            injected.over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Cut();
    }

    /** Wrap the body of an answer. */
    OutputStream wrap(OutputStream body, boolean pack) {
        Injected injected = injected(pack);
        if (injected == null) {
            return body;
        }
        return switch (injected.fault) {
            case GitFault.StallAfter stall -> new Limited(body, stall.bytes(), () -> stall(injected));
            case GitFault.CutAfter cut -> new Limited(body, cut.bytes(), () -> {
                throw new Cut();
            });
            case GitFault.Slow slow -> new Slowed(body, slow.bytesPerSecond());
            case GitFault.Status status -> body;
            case GitFault.StallBeforeAnswer stall -> body;
            case GitFault.Redirect redirect -> body;
        };
    }

    @FunctionalInterface
    private interface Break {
        void run() throws IOException;
    }

    private static final class Limited extends FilterOutputStream {

        private final Break atLimit;
        private long left;

        private Limited(OutputStream out, long limit, Break atLimit) {
            super(out);
            this.left = limit;
            this.atLimit = atLimit;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[]{(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int allowed = (int) Math.min(left, length);
            out.write(bytes, offset, allowed);
            left -= allowed;
            if (allowed < length) {
                out.flush();
                atLimit.run();
            }
        }
    }

    private static final class Slowed extends FilterOutputStream {

        private static final int STEPS_PER_SECOND = 20;

        private final int step;

        private Slowed(OutputStream out, int bytesPerSecond) {
            super(out);
            this.step = Math.max(1, bytesPerSecond / STEPS_PER_SECOND);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[]{(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += step) {
                out.write(bytes, offset + at, Math.min(step, length - at));
                out.flush();
                try {
                    TimeUnit.MILLISECONDS.sleep(1000 / STEPS_PER_SECOND);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Cut();
                }
            }
        }
    }
}
