package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.gateway.RawClient;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.TestTasks;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is to ask, as each vendor's clients read it. */
class ModelListsTest {
    private static final String[] ANTHROPIC = {"anthropic-version: 2023-06-01", "x-api-key: any"};
    private static final String YAML = """
            upstreams:
              up: { dialect: openai, base_url: "http://127.0.0.1:9/v1", key_env: KEY_ONE }
            models:
              far: { deployments: [{ upstream: up, model: real }] }
              lab/far: { deployments: [{ upstream: up, model: real }] }
              own: { deployments: [{ upstream: local, model: small }] }
              vectors: { deployments: [{ upstream: local, model: encoder }] }
            """;

    private final RelayFixture fixture = new RelayFixture(YAML);
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        fixture.releases.promote(TestTasks.echo());
        client = fixture.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        fixture.close();
    }

    private Response get(String path, String... headers) throws IOException {
        return client.send(RawClient.request("GET", path, headers)).response();
    }

    private Json.Obj page(String path, String... headers) throws IOException {
        Response response = get(path, headers);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return (Json.Obj) JsonText.parse(response.body());
    }

    private static List<String> names(Json.Obj page, String list, String name) {
        return page.array(list).stream()
                .map(one -> ((Json.Obj) one).string(name))
                .toList();
    }

    @Test
    void anthropics_clients_read_the_newest_first_in_pages_both_ways() throws Exception {
        Json.Obj first = page("/v1/models?limit=2", ANTHROPIC);
        assertThat(names(first, "data", "id")).containsExactly("echo", "far");
        assertThat(first.get("has_more")).isEqualTo(Json.of(true));
        assertThat(first.string("first_id")).isEqualTo("echo");
        assertThat(first.string("last_id")).isEqualTo("far");
        assertThat(first.array("data").getFirst().compact())
                .isEqualTo("{\"type\":\"model\",\"id\":\"echo\",\"display_name\":\"echo\","
                        + "\"created_at\":\"2026-11-20T10:15:30Z\",\"lifecycle\":\"active\"}");

        Json.Obj last = page("/v1/models?after_id=lab%2Ffar", ANTHROPIC);
        assertThat(names(last, "data", "id")).containsExactly("own", "vectors");
        assertThat(last.get("has_more")).isEqualTo(Json.of(false));

        Json.Obj back = page("/v1/models?limit=2&before_id=own", ANTHROPIC);
        assertThat(names(back, "data", "id")).containsExactly("far", "lab/far");
        assertThat(back.get("has_more")).as("further back").isEqualTo(Json.of(true));

        Json.Obj none = page("/v1/models?before_id=echo", ANTHROPIC);
        assertThat(none.array("data")).isEmpty();
        assertThat(none.get("first_id")).isEqualTo(Json.Nil.NULL);

        assertThat(page("/v1/models?lifecycle%5B%5D=retired", ANTHROPIC).array("data"))
                .as("nothing here is retired")
                .isEmpty();

        Json.Obj own = page("/v1/models/own", "x-api-key: any");
        assertThat(own.string("created_at")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(own.get("max_input_tokens")).isEqualTo(Json.of(PlayedModels.CONTEXT));
    }

    @Test
    void geminis_clients_read_names_methods_and_limits_in_pages() throws Exception {
        Json.Obj first = page("/v1beta/models?pageSize=3");
        assertThat(names(first, "models", "name")).containsExactly("models/echo", "models/far", "models/lab/far");
        Json.Obj last = page("/v1beta/models?pageSize=3&pageToken=" + first.string("nextPageToken"));
        assertThat(names(last, "models", "name")).containsExactly("models/own", "models/vectors");
        assertThat(last.get("nextPageToken")).isNull();

        assertThat(page("/v1beta/models/own").compact())
                .isEqualTo("{\"name\":\"models/own\",\"baseModelId\":\"own\",\"displayName\":\"own\","
                        + "\"supportedGenerationMethods\":[\"generateContent\",\"streamGenerateContent\",\"countTokens\"],"
                        + "\"inputTokenLimit\":20}");
        assertThat(page("/v1beta/models/vectors").compact())
                .contains("[\"embedContent\",\"batchEmbedContents\"]")
                .doesNotContain("generateContent");
        assertThat(page("/v1beta/models/echo").compact())
                .contains("[\"generateContent\",\"streamGenerateContent\"]")
                .doesNotContain("TokenLimit");
        assertThat(page("/v1/models/far", "x-goog-api-key: any").compact())
                .contains("\"models/far\"")
                .as("an upstream that speaks chat completions counts no tokens")
                .doesNotContain("countTokens");
        assertThat(page("/v1/models?key=any").get("models")).isNotNull();
    }

    @Test
    void others_read_openais_form_also_of_names_with_a_slash() throws Exception {
        Json.Obj all = page("/v1/models", "authorization: Bearer any", "x-api-key: any");
        assertThat(names(all, "data", "id")).containsExactly("echo", "far", "lab/far", "own", "vectors");
        for (String path : List.of("/v1/models/lab/far", "/v1/models/lab%2Ffar")) {
            assertThat(page(path).compact())
                    .isEqualTo("{\"id\":\"lab/far\",\"object\":\"model\",\"created\":0,\"owned_by\":\"rung\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/models/nobody | none: 0 | 404 | {\"error\":{\"message\":\"The model",
                "/v1/models/nobody | anthropic-version: 2023-06-01 | 404 | {\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"",
                "/v1beta/models/nobody | none: 0 | 404 | {\"error\":{\"code\":404,\"message\":\"model: The model",
                "/v1/models?limit=0 | anthropic-version: 2023-06-01 | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"limit:",
                "/v1/models?limit=1001 | anthropic-version: 2023-06-01 | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"limit:",
                "/v1/models?after_id=nobody | anthropic-version: 2023-06-01 | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"after_id:",
                "/v1/models?after_id=far&before_id=own | anthropic-version: 2023-06-01 | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"before_id:",
                "/v1beta/models?pageSize=many | none: 0 | 400 | {\"error\":{\"code\":400,\"message\":\"pageSize:",
                "/v1beta/models?pageToken=%21 | none: 0 | 400 | {\"error\":{\"code\":400,\"message\":\"pageToken:",
            })
    void what_is_wrong_is_said_in_the_callers_form(String path, String header, int status, String begin)
            throws Exception {
        Response response = get(path, header);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).startsWith(begin);
    }
}
