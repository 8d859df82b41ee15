package dev.rung.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import dev.rung.gateway.policy.Dialect;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import dev.rung.json.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayFileTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("OPENAI_API_KEY", "sk-planted-secret");
    private static final String WHOLE = """
            upstreams:
              openai:
                dialect: [openai, responses]
                base_url: https://api.openai.com/v1/
                key_env: OPENAI_API_KEY
                models: [gpt-5-mini, gpt-5]
                prices: openai
              here:
                dialect: openai
                base_url: http://localhost:8000/v1
                stream_usage: false
            models:
              fast:
                deployments:
                  - { upstream: openai, model: gpt-5-mini, weight: 3 }
                  - { upstream: here, model: qwen, price: own/qwen }
                fallback: slow
                attempts: 2
                deadlines: { first_token: 20s, total: 2m }
              slow:
                deployments: [{ upstream: openai, model: gpt-5 }]
            limits: { body: 32MiB, in_flight: 2000 }
            """;

    private static GatewaySettings read(String yaml) {
        return GatewayFile.read(YamlDocument.parse("gateway.yaml", yaml), ENVIRONMENT, Set.of("small", "encoder"));
    }

    @Test
    void a_file_is_resolved_into_models_with_their_deployments_and_fallbacks() {
        GatewaySettings settings = read(WHOLE);

        RelayPlan plan = settings.plan();
        assertThat(plan.models().keySet())
                .containsExactlyInAnyOrder("fast", "slow", "openai/gpt-5-mini", "openai/gpt-5");
        ModelRoute fast = Objects.requireNonNull(plan.route("fast"));
        assertThat(fast.attempts()).isEqualTo(2);
        assertThat(fast.deadlines())
                .isEqualTo(new Deadlines(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(2)));
        assertThat(fast.chain()).hasSize(2);
        assertThat(fast.chain().getFirst().stream().map(Deployment::name))
                .containsExactly("openai/gpt-5-mini", "here/qwen");
        assertThat(fast.chain().getFirst().getFirst().target().price()).isEqualTo("openai/gpt-5-mini");
        assertThat(fast.chain().getFirst().getLast().target().price()).isEqualTo("own/qwen");
        Upstream openai = Objects.requireNonNull(plan.upstreams().get("openai"));
        assertThat(openai.dialects()).containsExactly(Dialect.OPENAI, Dialect.RESPONSES);
        assertThat(openai.base()).hasToString("https://api.openai.com/v1");
        assertThat(openai.place()).isEqualTo(Residency.ANYWHERE);
        assertThat(openai.toString()).doesNotContain("secret");
        assertThat(Objects.requireNonNull(plan.upstreams().get("here")).place()).isEqualTo(Residency.LOCAL);
        assertThat(settings.limits().bodyBytes()).isEqualTo(32 << 20);
        assertThat(settings.limits().inFlight()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dialect: [openai, responses]  | dialct: openai            | gateway.yaml:3: upstreams.openai.dialct: found the unknown key "dialct"     | Did you mean "dialect"?
                    dialect: [openai, responses]  | dialect: opnai            | gateway.yaml:3: upstreams.openai.dialect: found the word "opnai"            | Did you mean "openai"?
                    https://api.openai.com/v1/    | ftp://api.openai.com      | gateway.yaml:4: upstreams.openai.base_url: found the address                | http or https
                    https://api.openai.com/v1/    | https://u:pw@host/v1      | found the address "https://…@host/v1"                                       | without a user name
                    key_env: OPENAI_API_KEY       | key_env: OPENAI_KEY       | "OPENAI_KEY", which is not set                                              | Set it
                    models: [gpt-5-mini, gpt-5]   | models: [gpt-5]           | found the model "gpt-5-mini"                                                | expected gpt-5
                    fallback: slow                | fallback: slwo            | found the fallback "slwo"                                                   | Did you mean "slow"?
                    upstream: here                | upstream: hre             | found the upstream "hre"                                                    | Did you mean "here"?
                    weight: 3                     | weight: 0                 | found the number 0, expected a number from 1 to 1,000                       | Correct it
                    first_token: 20s              | first_token: 20           | found the number 20, expected a time with its unit                          | Did you mean 20ms?
                    body: 32MiB                   | body: 32                  | found the number 32, expected a number of bytes                             | 32MiB
                    limits:                       | limit:                    | gateway.yaml:22: limit: found the unknown key "limit"                       | Did you mean "limits"?
                    stream_usage: false           | runs: eu                  | -                                                                           | -
                    prices: openai                | runs: local               | found runs: local with a server on another machine                          | Only this machine is local
                    """)
    void what_is_wrong_is_told_with_its_place_and_what_to_write(
            String right, String wrong, String found, String remedy) {
        String yaml = WHOLE.replace(right, wrong);
        assertThat(yaml).isNotEqualTo(WHOLE);
        if (found.equals("-")) {
            assertThat(read(yaml).plan().models()).isNotEmpty();
            return;
        }
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining(found)
                .hasMessageContaining(remedy)
                .message()
                .doesNotContain("planted");
    }

    @Test
    void every_problem_is_told_at_once() {
        assertThatThrownBy(() -> read("upstreams: { a: { base_url: x } }\nmodels: { m: { deployments: [] } }\nx: 1"))
                .hasMessageContaining("no key \"dialect\"")
                .hasMessageContaining("expected a list of deployments")
                .hasMessageContaining("unknown key \"x\"");
    }

    @Test
    void the_published_schema_takes_what_is_taken_and_knows_the_same_keys() throws IOException {
        Path file = Path.of("../docs/schema/gateway.schema.json");
        SchemaCheck schema = SchemaCheck.of(JsonText.parse(Files.readString(file)));

        assertThat(schema.validate(YamlDocument.parse("gateway.yaml", WHOLE).json()))
                .isEmpty();
        assertThat(schema.validate(YamlDocument.parse("gateway.yaml", WHOLE.replace("weight", "wight"))
                        .json()))
                .isNotEmpty();
        String text = Files.readString(file);
        for (List<String> keys : List.of(
                GatewaySpec.KEYS,
                GatewaySpec.UpstreamSpec.KEYS,
                GatewaySpec.ModelSpec.KEYS,
                GatewaySpec.ModelSpec.DEADLINES,
                GatewaySpec.DeploymentSpec.KEYS,
                GatewaySpec.LimitsSpec.KEYS)) {
            for (String key : keys) {
                assertThat(text).contains("\"" + key + "\": {");
            }
        }
    }

    @Test
    void a_file_that_changes_is_taken_up_and_one_that_is_wrong_leaves_the_old_in_force(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve(GatewayFile.NAME);
        Files.writeString(file, WHOLE);
        List<RelayPlan> taken = new ArrayList<>();
        List<String> said = new ArrayList<>();
        GatewayFollower follower = new GatewayFollower(
                file, ENVIRONMENT, Set.of("small"), settings -> taken.add(settings.plan()), said::add);
        follower.look();
        assertThat(taken).isEmpty();

        Files.writeString(file, WHOLE.replace("slow", "thorough") + "\n");
        follower.look();
        assertThat(taken)
                .singleElement()
                .satisfies(plan -> assertThat(plan.models()).containsKey("thorough"));

        Files.writeString(file, WHOLE.replace("dialect", "dialekt"));
        follower.look();
        follower.look();
        assertThat(taken).hasSize(1);
        assertThat(said).hasSize(2);
        assertThat(follower.problem()).contains("dialekt");
        assertThat(said.getLast()).contains("stays in force").contains("Did you mean \"dialect\"?");
        assertThat(follower.settings().plan().models()).containsKey("thorough");

        Files.delete(file);
        follower.look();
        Files.writeString(file, WHOLE);
        follower.look();
        assertThat(taken).hasSize(2);
    }
}
