package dev.tenantry.gitwatcher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tenantry.gitwatcher.store.Transactions.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class BacklogTest {

    private final FakePostgres postgres = new FakePostgres();
    private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
    private final Backlog backlog = new Backlog(postgres, 3, dropped);

    @Test
    void entriesWaitForTheSchema() throws InterruptedException {
        // Given
        postgres.ready = false;
        add("a", "b");
        write();

        // When
        postgres.ready = true;
        write();

        // Then
        assertThat(postgres.rows).containsExactly("a", "b");
        assertThat(dropped.count()).isZero();
    }

    @Test
    void aBatchThatPostgresDidNotTakeIsWrittenLater() throws InterruptedException {
        // Given
        add("a", "b");
        postgres.away = true;
        write();
        add("c");

        // When
        postgres.away = false;
        write();
        write();

        // Then
        assertThat(postgres.rows).containsExactly("a", "b", "c");
        assertThat(dropped.count()).isZero();
    }

    @Test
    void whatComesWhileTheBufferIsFullIsDroppedAndCounted() throws InterruptedException {
        // Given
        postgres.ready = false;
        add("a", "b", "c", "d", "e");

        // When
        postgres.ready = true;
        write();

        // Then
        assertThat(postgres.rows).containsExactly("a", "b", "c");
        assertThat(dropped.count()).isEqualTo(2);
    }

    @Test
    void anEntryThatPostgresRefusesIsDroppedAlone() throws InterruptedException {
        // Given
        add("a", FakePostgres.REFUSED, "c");

        // When
        write();

        // Then
        assertThat(postgres.rows).containsExactly("a", "c");
        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void anEntryThatCannotBeMadeIsDroppedAlone() throws InterruptedException {
        // Given
        add("a");
        backlog.add(() -> {
            throw new IllegalStateException("a bug");
        });
        add("c");

        // When
        write();

        // Then
        assertThat(postgres.rows).containsExactly("a", "c");
        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void whatIsLeftOfABatchWhenPostgresGoesIsWrittenLater() throws InterruptedException {
        // Given
        add("a", FakePostgres.REFUSED, "c");
        postgres.leavesAfter = 2;
        write();

        // When
        postgres.away = false;
        write();

        // Then
        assertThat(postgres.rows).containsExactly("a", "c");
        assertThat(dropped.count()).isEqualTo(1);
    }

    @Test
    void manyEntriesAreWrittenInBatches() throws InterruptedException {
        // Given
        Backlog many = new Backlog(postgres, 250, dropped);
        IntStream.range(0, 250).mapToObj(Integer::toString).forEach(row -> many.add(() -> () -> postgres.insert(row)));

        // When
        for (int i = 0; i < 3; i++) {
            many.write(Duration.ZERO);
        }

        // Then
        assertThat(postgres.rows).hasSize(250);
        assertThat(postgres.transactions).isEqualTo(3);
    }

    private void add(String... rows) {
        List.of(rows).forEach(row -> backlog.add(() -> () -> postgres.insert(row)));
    }

    private void write() throws InterruptedException {
        backlog.write(Duration.ZERO);
    }

    /** A table in memory. */
    private static final class FakePostgres implements Transactions {

        /** A row that it never takes. */
        private static final String REFUSED = "refused";

        private final List<String> rows = new ArrayList<>();
        private final List<String> inserted = new ArrayList<>();
        private boolean ready = true;
        private boolean away;
        private int leavesAfter;
        private int transactions;

        private void insert(String row) {
            if (row.equals(REFUSED)) {
                throw new IllegalArgumentException(row);
            }
            inserted.add(row);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public Result write(Runnable work) {
            inserted.clear();
            if (away) {
                return new Result.Away();
            }
            transactions++;
            away = transactions == leavesAfter;
            try {
                work.run();
            } catch (RuntimeException e) {
                return new Result.Refused(e);
            }
            rows.addAll(inserted);
            return new Result.Written();
        }
    }
}
