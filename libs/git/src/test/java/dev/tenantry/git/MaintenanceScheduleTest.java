package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class MaintenanceScheduleTest {

    private static final Duration OFTEN = Duration.ofMillis(1);

    @Test
    void aRunThatFailsIsFollowedByTheNext() throws InterruptedException {
        // Given
        AtomicInteger runs = new AtomicInteger();
        var reports = new ArrayBlockingQueue<MaintenanceReport>(1000);

        // When
        try (MaintenanceSchedule schedule = MaintenanceSchedule.start(OFTEN, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return new MaintenanceReport(runs.get(), 0, 0, 0, 0, 0);
        }, reports::offer)) {

            // Then
            assertThat(reports.poll(10, TimeUnit.SECONDS)).isEqualTo(new MaintenanceReport(2, 0, 0, 0, 0, 0));
            assertThat(reports.poll(10, TimeUnit.SECONDS)).isEqualTo(new MaintenanceReport(3, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void aClosedScheduleInterruptsItsRun() throws InterruptedException {
        // Given
        var begun = new ArrayBlockingQueue<Boolean>(1);
        var interrupted = new ArrayBlockingQueue<Boolean>(1);
        MaintenanceSchedule schedule = MaintenanceSchedule.start(OFTEN, () -> {
            begun.offer(true);
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException stopped) {
                interrupted.offer(true);
            }
            return new MaintenanceReport(0, 0, 0, 0, 0, 0);
        }, report -> {});
        begun.take();

        // When
        schedule.close();

        // Then
        assertThat(interrupted.poll(10, TimeUnit.SECONDS)).isTrue();
    }
}
