package dev.rung.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
    @Test
    void problems_name_the_place_and_the_keyword() {
        SchemaCheck check = SchemaCheck.of(JsonText.parse("""
                {"type": "object", "required": ["n"], "additionalProperties": false,
                 "properties": {"n": {"type": "integer"}, "items": {"type": "array", "items": {"enum": ["a", "b"]}}}}"""));
        assertThat(check.validate(JsonText.parse("{\"n\": 1.0, \"items\": [\"a\"]}")))
                .isEmpty();
        assertThat(check.validate(JsonText.parse("{\"items\": [\"a\", \"c\"], \"x\": 1}")))
                .extracting(problem -> problem.pointer() + " " + problem.keyword())
                .containsExactlyInAnyOrder(" required", "/items/1 enum", " additionalProperties");
    }

    @Test
    void formats_are_checked_only_when_asked_for() {
        var schema = JsonText.parse("{\"type\": \"string\", \"format\": \"date\"}");
        var wrong = JsonText.parse("\"2026-02-30\"");
        assertThat(SchemaCheck.of(schema).validate(wrong)).isEmpty();
        assertThat(SchemaCheck.withFormats(schema).validate(wrong)).hasSize(1);
        assertThat(SchemaCheck.withFormats(schema).validate(JsonText.parse("\"2026-02-28\"")))
                .isEmpty();
    }

    @Test
    void a_schema_that_is_none_is_refused() {
        assertThatThrownBy(() -> SchemaCheck.of(JsonText.parse("{\"type\": \"strnig\", \"required\": \"a\"}")))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("/type")
                .hasMessageContaining("/required");
        assertThatThrownBy(() -> SchemaCheck.of(JsonText.parse("[]"))).isInstanceOf(RungException.WrongInput.class);
    }

    @Test
    void nothing_is_fetched() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
            assertThatThrownBy(() -> SchemaCheck.of(Json.object("$ref", Json.of(uri))))
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageContaining("nothing is fetched");
            assertThatThrownBy(() -> SchemaCheck.of(Json.object("$schema", Json.of(uri), "type", Json.of("object"))))
                    .isInstanceOf(RungException.WrongInput.class);
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
        assertThatThrownBy(() -> SchemaCheck.of(JsonText.parse("{\"$ref\": \"file:///etc/passwd\"}")))
                .isInstanceOf(RungException.WrongInput.class);
    }
}
