package dev.rung.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.store.RequestRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Map<String, String> LATEST =
            Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "http, gen_ai_latest_experimental");

    private static RequestRow row(
            String model, int status, @Nullable String error, String ending, @Nullable Long price) {
        return new RequestRow(
                1_700_000_000_000L,
                "req-1",
                null,
                "ci",
                null,
                null,
                null,
                "openai",
                "generate",
                model,
                "openai/m",
                "openai",
                "openai/m",
                1,
                false,
                status,
                error,
                ending,
                null,
                100L,
                40L,
                null,
                7L,
                3L,
                price,
                null,
                null,
                null,
                15_000L,
                30_000L,
                null,
                null);
    }

    @Test
    void metrics_are_in_the_text_format_with_the_names_that_were_asked_for() {
        Metrics old = new Metrics(GenAiNames.of(Map.of()));
        old.gauge("rung_requests_under_way", "Under way.", () -> 3);
        old.add(row("m\"1", 200, null, "complete", 1_250_000_000L));
        old.add(row("m\"1", 200, null, "complete", null));
        old.add(row("whatever a stranger sends", 401, "invalid_api_key", "refused", 0L));
        String labels =
                "gen_ai_operation_name=\"generate\",gen_ai_system=\"openai\",gen_ai_request_model=\"m\\\"1\",status=\"200\",ending=\"complete\"";
        assertThat(old.text())
                .contains("# TYPE rung_requests_total counter\n")
                .contains("rung_requests_total{" + labels + "} 2\n")
                .contains("rung_spend_usd_total{" + labels + "} 0.00125\n")
                .contains("rung_unknown_price_total{" + labels + "} 1\n")
                .contains("gen_ai_client_operation_duration_seconds_bucket{" + labels + ",le=\"0.02\"} 0\n")
                .contains("gen_ai_client_operation_duration_seconds_bucket{" + labels + ",le=\"0.04\"} 2\n")
                .contains("gen_ai_client_operation_duration_seconds_sum{" + labels + "} 0.06\n")
                .contains("gen_ai_client_token_usage_sum{" + labels + ",gen_ai_token_type=\"input\"} 200\n")
                .contains("gen_ai_client_token_usage_count{" + labels + ",gen_ai_token_type=\"output\"} 2\n")
                .contains("rung_requests_under_way 3\n")
                .doesNotContain("stranger");

        Metrics latest = new Metrics(GenAiNames.of(LATEST));
        latest.add(row("m", 200, null, "complete", 1L));
        assertThat(latest.text())
                .contains("gen_ai_provider_name=\"openai\"", "gen_ai_client_inference_usage_input_tokens_total{")
                .doesNotContain("gen_ai_system", "gen_ai_client_token_usage");
    }

    @Test
    void a_span_goes_on_with_the_callers_trace_and_keeps_its_decision() {
        TraceContext context = TraceContext.of(PARENT, 0);
        assertThat(context.trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(context.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(context.sampled()).isTrue();
        assertThat(context.traceparent())
                .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                .isNotEqualTo(PARENT);
        assertThat(TraceContext.of(PARENT.replaceFirst("01$", "00"), 1).sampled())
                .isFalse();
        assertThat(TraceContext.of("cc-" + PARENT.substring(3) + "-later", 0).parent())
                .isEqualTo("00f067aa0ba902b7");
        for (String wrong : List.of(
                "ff" + PARENT.substring(2), PARENT.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0".repeat(32)), "x")) {
            assertThat(TraceContext.of(wrong, 1).parent()).as(wrong).isNull();
        }
        assertThat(TraceContext.of(null, 0).sampled()).isFalse();
        assertThat(TraceContext.of(null, 1).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void spans_are_sent_as_otlp_and_dropped_when_nobody_takes_them() throws InterruptedException {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        try (Spans spans = new Spans(GenAiNames.of(LATEST), 1, sent::add)) {
            TraceContext context = spans.begin(PARENT);
            spans.end(context, row("m", 502, "model_failed", "failed", 1_250_000_000L));
            Json.Obj document =
                    (Json.Obj) JsonText.parse(Objects.requireNonNull(sent.poll(5, TimeUnit.SECONDS), "a document"));
            Json.Obj scope =
                    (Json.Obj) ((Json.Obj) document.array("resourceSpans").getFirst())
                            .array("scopeSpans")
                            .getFirst();
            Json.Obj span = (Json.Obj) scope.array("spans").getFirst();
            assertThat(scope.string("schemaUrl")).isEqualTo("https://opentelemetry.io/schemas/gen-ai/1.42.0");
            assertThat(span.string("name")).isEqualTo("chat m");
            assertThat(span.string("traceId")).isEqualTo(context.trace());
            assertThat(span.string("parentSpanId")).isEqualTo("00f067aa0ba902b7");
            assertThat(span.string("startTimeUnixNano")).isEqualTo("1700000000000000000");
            assertThat(span.string("endTimeUnixNano")).isEqualTo("1700000000030000000");
            assertThat(span.object("status").number("code").intValueExact()).isEqualTo(2);
            assertThat(span.array("attributes").toString())
                    .contains(
                            "{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":\"100\"}}",
                            "{\"key\":\"gen_ai.provider.name\",\"value\":{\"stringValue\":\"openai\"}}",
                            "{\"key\":\"gen_ai.usage.cache_read.input_tokens\",\"value\":{\"intValue\":\"40\"}}",
                            "{\"key\":\"error.type\",\"value\":{\"stringValue\":\"model_failed\"}}",
                            "{\"key\":\"rung.price.usd\",\"value\":{\"doubleValue\":0.00125}}");
        }
        Spans broken = new Spans(GenAiNames.of(Map.of()), 1, json -> {
            throw new IOException("nobody is there");
        });
        broken.end(broken.begin(null), row("m", 200, null, "complete", 1L));
        broken.end(broken.begin(PARENT.replaceFirst("01$", "00")), row("m", 200, null, "complete", 1L));
        broken.close();
        assertThat(broken.dropped()).isEqualTo(1);
    }
}
