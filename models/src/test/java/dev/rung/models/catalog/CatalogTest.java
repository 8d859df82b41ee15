package dev.rung.models.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    @TempDir
    private Path folder;

    @Test
    void the_shipped_catalog_has_a_local_model_whose_outputs_may_train_and_whose_time_is_priced() {
        CatalogEntry smol = Catalog.shipped().require(new ModelId("smollm2-135m"));
        assertThat(smol.place()).isEqualTo(Residency.LOCAL);
        assertThat(smol.outputsMayTrain()).isEqualTo(ModelCard.OutputsMayTrain.YES);
        assertThat(smol.capabilities()).contains(ModelCard.Capability.LABEL_SCORES);
        assertThat(smol.pricing().price(null, Duration.ofHours(2), LocalDate.of(2026, 11, 22)))
                .isEqualTo(new Price.Known(Usd.of("0.20")));
        assertThat(smol.engine())
                .isInstanceOfSatisfying(
                        Engine.Llama.class,
                        llama -> assertThat(llama.weights()).isInstanceOfSatisfying(Weights.Fetched.class, weights -> {
                            assertThat(weights.bytes()).isEqualTo(98_362_432);
                            assertThat(weights.sources()).hasSize(2);
                        }));
    }

    @Test
    void cached_tokens_are_priced_apart_from_the_others() {
        Pricing pricing = Catalog.shipped().require(new ModelId("gpt-5-mini")).pricing();
        Json.Obj usage = (Json.Obj) JsonText.parse("""
                {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 600}}""");
        // 400 at $0.25, 600 at $0.025 and 100 at $2 a million
        assertThat(pricing.price(usage, Duration.ZERO, LocalDate.of(2026, 11, 22)))
                .isEqualTo(new Price.Known(Usd.of("0.000315")));
        assertThat(pricing.price(usage, Duration.ZERO, LocalDate.of(2025, 1, 1)))
                .isInstanceOf(Price.Unknown.class);
        assertThat(pricing.price(null, Duration.ZERO, LocalDate.of(2026, 11, 22)))
                .isInstanceOf(Price.Unknown.class);
    }

    @Test
    void a_servers_reasoning_that_is_missing_from_its_completion_tokens_is_still_priced() {
        Pricing pricing =
                Catalog.shipped().require(new ModelId("gemini-2.5-flash-lite")).pricing();
        Json.Obj usage = (Json.Obj) JsonText.parse("""
                {"prompt_tokens": 1000, "completion_tokens": 10, "total_tokens": 1510}""");
        assertThat(pricing.price(usage, Duration.ZERO, LocalDate.of(2026, 11, 22)))
                .isEqualTo(new Price.Known(Usd.of("0.000304")));
    }

    @Test
    void a_user_adds_a_file_and_a_server_with_few_lines() throws IOException {
        Catalog catalog = Catalog.with(write("""
                models:
                  my-model:
                    file: weights/my.gguf
                    context: 4096
                  ollama-qwen:
                    context: 32768
                    capabilities: [json_schema]
                    server: { base_url: http://localhost:11434/v1/, model: qwen3 }
                  hosted-elsewhere:
                    context: 32768
                    runs: eu
                    server: { base_url: https://models.example.eu/v1, model: big, key_env: BIG_KEY, prompt_cache: on }
                """));
        CatalogEntry file = catalog.require(new ModelId("my-model"));
        assertThat(file.engine()).isEqualTo(new Engine.Llama(new Weights.OnDisk(folder.resolve("weights/my.gguf"))));
        assertThat(file.place()).isEqualTo(Residency.LOCAL);
        assertThat(file.outputsMayTrain()).isEqualTo(ModelCard.OutputsMayTrain.UNKNOWN);
        CatalogEntry ollama = catalog.require(new ModelId("ollama-qwen"));
        assertThat(ollama.place()).isEqualTo(Residency.LOCAL);
        assertThat(ollama.pricing()).isInstanceOf(Pricing.Unpriced.class);
        assertThat(ollama.engine()).isInstanceOfSatisfying(Engine.OpenAi.class, server -> {
            assertThat(server.baseUrl()).hasToString("http://localhost:11434/v1");
            assertThat(server.fingerprint()).isEqualTo("http://localhost:11434/v1 qwen3 {\"temperature\":0}");
            assertThat(server.promptCache()).isFalse();
        });
        assertThat(catalog.require(new ModelId("hosted-elsewhere")).engine())
                .isInstanceOfSatisfying(
                        Engine.OpenAi.class,
                        server -> assertThat(server.promptCache()).isTrue());
        assertThat(catalog.require(new ModelId("hosted-elsewhere")).place()).isEqualTo(Residency.EU);
        assertThat(catalog.find(new ModelId("smollm2-135m"))).isPresent();
    }

    @Test
    void a_user_changes_one_thing_about_a_shipped_model_and_the_price_of_the_machine() throws IOException {
        Catalog catalog = Catalog.with(write("""
                machine: { per_hour: $0.40, as_of: 2026-10-01, source: our bill }
                models:
                  gpt-5-mini: { outputs_may_train: yes }
                  smollm2-135m: { file: /opt/smol.gguf }
                """));
        CatalogEntry mini = catalog.require(new ModelId("gpt-5-mini"));
        assertThat(mini.outputsMayTrain()).isEqualTo(ModelCard.OutputsMayTrain.YES);
        assertThat(mini.retires()).isEqualTo(LocalDate.of(2026, 12, 11));
        CatalogEntry smol = catalog.require(new ModelId("smollm2-135m"));
        assertThat(smol.engine()).isEqualTo(new Engine.Llama(new Weights.OnDisk(Path.of("/opt/smol.gguf"))));
        assertThat(smol.pricing()).isEqualTo(catalog.machine());
        assertThat(catalog.machine().perHour()).isEqualTo(Usd.of("0.40"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    m: {context: 8, file: a, speed: 9}                                    | models.yaml:2: models.m.speed | no such key
                    m: {context: many, file: a}                                           | models.yaml:2: models.m.context | integer
                    m: {file: a.gguf}                                                     | models.yaml:2: models.m | context
                    m: {context: 8}                                                       | models.yaml:2: models.m | without weights
                    m: {context: 8, file: a, server: {base_url: 'http://localhost', model: x}} | models.yaml:2: models.m | Delete one
                    m: {context: 8, runs: local, server: {base_url: 'https://x.example', model: x}} | models.yaml:2: models.m | another machine
                    m: {context: 8, server: {base_url: 'https://me:pw@x.example', model: x}} | models.yaml:2: models.m | key_env
                    m: {context: 8, file: a, retires: 2026-02-30}                         | models.yaml:2: models.m.retires | a day that exists
                    m: {context: 8, file: a, machine_time: {per_hour: 3, as_of: 2026-01-01, source: s}} | models.m.machine_time.per_hour | string
                    m: {context: 8, engine: onnx, file: a}                                | models.yaml:2: models.m | comes with Rung
                    """)
    void a_mistake_is_named_with_file_line_and_key(String model, String where, String what) throws IOException {
        Path file = write("models:\n  " + model + "\n");
        assertThatThrownBy(() -> Catalog.with(file))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what)
                .hasMessageNotContaining("me:pw");
    }

    @Test
    void the_users_file_is_looked_for_in_the_state_folder_and_then_in_the_configuration_folder() throws IOException {
        Path state = Files.createDirectories(folder.resolve("state"));
        Map<String, String> environment =
                Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());
        assertThat(Catalog.userFile(state, environment)).isEmpty();
        Path inConfiguration = folder.resolve("config/rung/models.yaml");
        Files.createDirectories(inConfiguration.resolveSibling("."));
        Files.writeString(inConfiguration, "models: {}\n");
        assertThat(Catalog.userFile(state, environment)).contains(inConfiguration);
        Path inState = Files.writeString(state.resolve("models.yaml"), "models: {}\n");
        assertThat(Catalog.userFile(state, environment)).contains(inState);
    }

    @Test
    void an_unknown_model_is_answered_with_those_that_there_are() {
        assertThatThrownBy(() -> Catalog.shipped().require(new ModelId("gpt-99")))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("gpt-99")
                .hasMessageContaining("smollm2-135m");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("models.yaml"), yaml);
    }
}
