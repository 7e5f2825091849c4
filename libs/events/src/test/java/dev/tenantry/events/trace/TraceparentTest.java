package dev.tenantry.events.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

class TraceparentTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aTraceIsReadAsItWasWritten() {
        // When
        Context parent = Traceparent.parent(TRACE);

        // Then
        assertThat(Span.fromContext(parent).getSpanContext().getTraceId())
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(Traceparent.of(parent)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "00", "00-zz-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void whatIsNoTraceBeginsANewOne(String text) {
        assertThat(Traceparent.parent(text)).isEqualTo(Context.root());
    }

    @Test
    void outsideOfATraceThereIsNone() {
        assertThat(Traceparent.current()).isNull();
    }
}
