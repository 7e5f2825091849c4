package dev.tenantry.reconciler.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.RunReport.Stage;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.Inventory;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

class RunTracesTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String PUSH = "00-" + TRACE_ID + "-b7ad6b7169203331-01";
    private static final NamespacedName SOURCE = new NamespacedName("team", "apps");
    private static final Map<Stage, Duration> BUILT = new LinkedHashMap<>(
            Map.of(Stage.BUILD, Duration.ofMillis(5)));

    private final List<SpanData> spans = new ArrayList<>();
    private final RunTraces traces = new RunTraces(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Recorder()))
            .build()
            .get("test"));

    @Test
    void aRunGoesOnWithTheTraceOfThePush() {
        // Given
        traces.observed(SOURCE, "main@sha1:1", PUSH);

        // When
        String told = traces.ended(report("main@sha1:1", BUILT));

        // Then
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE_ID);
        assertThat(spans).extracting(SpanData::getName).containsExactly("build", "reconcile");
        assertThat(told).startsWith("00-" + TRACE_ID).contains(spans.getLast().getSpanId());
    }

    @Test
    void aRunThatOnlyAdvancesIsToldInTheTraceAndMakesNoSpan() {
        // Given
        traces.observed(SOURCE, "main@sha1:1", PUSH);

        // When
        String told = traces.ended(report("main@sha1:1", Map.of()));

        // Then
        assertThat(told).isEqualTo(PUSH);
        assertThat(spans).isEmpty();
    }

    @Test
    void aRunOfAnotherRevisionIsNoPartOfThePush() {
        // Given
        traces.observed(SOURCE, "main@sha1:1", PUSH);

        // When
        traces.ended(report("main@sha1:2", BUILT));

        // Then
        assertThat(spans).isNotEmpty().extracting(SpanData::getTraceId).doesNotContain(TRACE_ID);
    }

    private static RunReport report(String revision, Map<Stage, Duration> durations) {
        var spec = Serialization.unmarshal("""
                sourceRef: {kind: GitRepository, name: apps}
                interval: 10m
                prune: true
                """, KustomizationSpec.class);
        var target = new Target(new NamespacedName("team", "web"),
                new Target.Metadata("uid", "1", 1, false, List.of(), Map.of()), spec, KustomizationStatus.empty());
        return new RunReport(target, new Outcome.Ready(revision), revision, "digest", Inventory.EMPTY,
                RunReport.Counts.NONE, List.of(), durations, Instant.EPOCH);
    }

    private final class Recorder implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
