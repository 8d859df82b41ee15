package dev.rung.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rung.core.json.Json;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.json.JsonText;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real local model and the real encoder behind a gateway without any configuration. */
class LocalServingTest {
    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();

    private Serving start(Wiring wiring) {
        return Serving.start(
                wiring,
                GatewayConfig.DEFAULTS.at("127.0.0.1", 0),
                null,
                GovernanceConfig.DEFAULTS,
                new Logging(null, lines -> {}),
                line -> {});
    }

    private HttpResponse<String> send(Serving serving, HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + serving.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(Serving serving, String path, String body) throws Exception {
        return send(
                serving,
                HttpRequest.newBuilder()
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                path);
    }

    @Test
    void a_model_whose_weights_are_here_answers_under_its_name() throws Exception {
        try (Wiring wiring = new Wiring(home, System.getenv(), Clock.systemUTC());
                Serving serving = start(wiring)) {
            assumeTrue(
                    serving.here().contains("smollm2-135m"), "NOT TESTED: no weights; ./rung models pull smollm2-135m");
            String list =
                    send(serving, HttpRequest.newBuilder().GET(), "/v1/models").body();
            assertThat(list).contains("\"smollm2-135m\"").contains("\"bge-small-en-v1.5\"");

            HttpResponse<String> whole = post(serving, "/v1/chat/completions", """
                    {"model":"smollm2-135m","max_tokens":5,"messages":[{"role":"user","content":"What is the capital of France?"}]}""");
            assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
            Json.Obj reply = (Json.Obj) JsonText.parse(whole.body());
            Json.Obj usage = object(reply.get("usage"));
            assertThat(object(object(reply.array("choices").getFirst()).get("message"))
                            .string("content"))
                    .isEqualTo("The capital of France is");
            assertThat(usage.get("completion_tokens")).isEqualTo(Json.of(5));
            // The time that it took, at the catalog's price of this machine.
            assertThat(whole.headers().firstValue("x-rung-price-usd").orElseThrow())
                    .matches("0\\.0*[1-9][0-9]*");

            HttpResponse<String> stream = post(serving, "/v1/messages", """
                    {"model":"smollm2-135m","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"What is the capital of France?"}]}""");
            assertThat(stream.body().lines().filter(line -> line.contains("text_delta")))
                    .hasSizeGreaterThan(4);
            assertThat(stream.body()).contains("\"stop_reason\":\"max_tokens\"").contains("event: message_stop");

            HttpResponse<String> counted = post(serving, "/v1/messages/count_tokens", """
                    {"model":"smollm2-135m","messages":[{"role":"user","content":"What is the capital of France?"}]}""");
            assertThat(object(JsonText.parse(counted.body())).get("input_tokens"))
                    .isEqualTo(usage.get("prompt_tokens"));
        }
    }

    @Test
    void the_encoder_gives_vectors_under_its_name() throws Exception {
        try (Wiring wiring = new Wiring(home, System.getenv(), Clock.systemUTC());
                Serving serving = start(wiring)) {
            HttpResponse<String> two = post(serving, "/v1/embeddings", """
                    {"model":"bge-small-en-v1.5","input":["the parcel is late","my parcel has not come"]}""");
            assertThat(two.statusCode()).as(two.body()).isEqualTo(200);
            List<Json> data = object(JsonText.parse(two.body())).array("data");
            double product = 0;
            for (int i = 0; i < 384; i++) {
                product += number(data.get(0), i) * number(data.get(1), i);
            }
            assertThat(product).isBetween(0.7, 0.999);
            HttpResponse<String> gemini = post(serving, "/v1beta/models/bge-small-en-v1.5:embedContent", """
                    {"content":{"parts":[{"text":"the parcel is late"}]}}""");
            assertThat(gemini.body()).startsWith("{\"embedding\":{\"values\":[");
        }
    }

    private static Json.Obj object(@Nullable Json json) {
        if (json instanceof Json.Obj object) {
            return object;
        }
        throw new AssertionError("no object: " + json);
    }

    private static double number(Json vector, int index) {
        Json number = object(vector).array("embedding").get(index);
        if (number instanceof Json.Num(BigDecimal value)) {
            return value.doubleValue();
        }
        throw new AssertionError("no number: " + number);
    }
}
