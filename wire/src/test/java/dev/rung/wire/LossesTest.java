package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be said in another dialect is named, in the caller's words, and nothing else is. */
final class LossesTest {
    private static final String EVERYTHING = """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Go","cache_control":{"type":"ephemeral","ttl":"1h"}}]}],
             "temperature":1.5,"top_p":0.5,"top_k":40,"seed":7,"n":2,"stop":"END","frequency_penalty":0.5,"presence_penalty":0,
             "logprobs":true,"top_logprobs":3,"logit_bias":{"50256":-100},"parallel_tool_calls":false,"verbosity":"low",
             "user":"u","safety_identifier":"s","metadata":{"k":"v"},"service_tier":"priority","prompt_cache_key":"k","store":true,
             "response_format":{"type":"json_object"},
             "tools":[{"type":"function","function":{"name":"f"}},{"type":"custom","custom":{"name":"g"}}]}
            """;

    @Test
    void settings_without_counterpart_are_named_for_each_target() {
        assertThat(lost(EVERYTHING, Dialect.ANTHROPIC, "claude-sonnet-4-5"))
                .containsExactlyInAnyOrder(
                        "temperature",
                        "seed",
                        "n",
                        "frequency_penalty",
                        "logprobs",
                        "top_logprobs",
                        "logit_bias",
                        "verbosity",
                        "~safety_identifier",
                        "~metadata",
                        "~service_tier",
                        "~prompt_cache_key",
                        "~store",
                        "response_format",
                        "tools[1]");
        assertThat(lost(EVERYTHING, Dialect.GEMINI, "gemini-2.5-flash"))
                .containsExactlyInAnyOrder(
                        "~messages[0].content[0].cache_control",
                        "logit_bias",
                        "parallel_tool_calls",
                        "verbosity",
                        "~user",
                        "~safety_identifier",
                        "~metadata",
                        "~service_tier",
                        "~prompt_cache_key",
                        "~store",
                        "tools[1]");
        assertThat(lost(EVERYTHING, Dialect.RESPONSES, "gpt-5"))
                .containsExactlyInAnyOrder(
                        "~messages[0].content[0].cache_control",
                        "top_k",
                        "seed",
                        "n",
                        "stop",
                        "frequency_penalty",
                        "logit_bias",
                        "tools[1]");
    }

    @Test
    void a_cache_mark_reaches_anthropic_on_every_block_with_its_time_to_live() {
        Json body = written(EVERYTHING, Dialect.ANTHROPIC, "claude-sonnet-4-5").body();
        assertThat(((Json.Obj) body).array("messages").getFirst()).isEqualTo(JsonText.parse("""
                        {"role":"user","content":[{"type":"text","text":"Go","cache_control":{"type":"ephemeral","ttl":"1h"}}]}
                        """));
    }

    @Test
    void what_anthropic_alone_has_is_named_elsewhere() {
        Conversation read = Codecs.of(Dialect.ANTHROPIC).read(parse("""
                        {"model":"m","max_tokens":10,"system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
                         "tools":[{"type":"web_search_20250305","name":"web_search"}],"top_k":5,"container":"c",
                         "messages":[{"role":"user","content":[
                           {"type":"document","source":{"type":"text","media_type":"text/plain","data":"D"},"context":"C","citations":{"enabled":true}},
                           {"type":"tool_result","tool_use_id":"x","is_error":true,"content":[{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}]}]},
                          {"role":"assistant","content":[{"type":"server_tool_use","id":"s","name":"web_search","input":{}},
                           {"type":"thinking","thinking":"T","signature":"sig"}]}]}
                        """), null, false);
        assertThat(named(Codecs.of(Dialect.OPENAI).write(read, Target.of("gpt"))))
                .containsExactlyInAnyOrder(
                        "container",
                        "~system[0].cache_control",
                        "messages[0].content[0].citations",
                        "messages[0].content[0].context",
                        "~messages[0].content[1].is_error",
                        "messages[0].content[1].content[0]",
                        "messages[1].content[0]",
                        "tools[0]",
                        "top_k");
        assertThat(named(Codecs.of(Dialect.RESPONSES).write(read, Target.of("gpt"))))
                .contains("~messages[1].content[1]")
                .doesNotContain("messages[0].content[1].content[0]");
    }

    @Test
    void an_instruction_in_the_middle_of_a_conversation_is_named_where_there_is_no_place_for_it() {
        String request = """
                {"model":"m","messages":[{"role":"user","content":"a"},{"role":"developer","content":"b"}]}
                """;
        assertThat(lost(request, Dialect.ANTHROPIC, "c")).containsExactly("messages[1].role");
        assertThat(lost(request, Dialect.GEMINI, "c")).containsExactly("messages[1].role");
        assertThat(lost(request, Dialect.RESPONSES, "c")).isEmpty();
    }

    @Test
    void effort_becomes_what_the_model_knows() {
        String low = """
                {"model":"m","max_tokens":20000,"reasoning_effort":"low","messages":[{"role":"user","content":"a"}]}
                """;
        assertThat(written(low, Dialect.ANTHROPIC, "claude-sonnet-4-5-20250929")
                        .body()
                        .get("thinking"))
                .isEqualTo(JsonText.parse("{\"type\":\"enabled\",\"budget_tokens\":4000}"));
        Json.Obj adaptive = written(low, Dialect.ANTHROPIC, "claude-opus-4-6").body();
        assertThat(adaptive.get("thinking")).isEqualTo(JsonText.parse("{\"type\":\"adaptive\"}"));
        assertThat(adaptive.get("output_config")).isEqualTo(JsonText.parse("{\"effort\":\"low\"}"));
        assertThat(written(low, Dialect.GEMINI, "gemini-2.5-pro")
                        .body()
                        .object("generationConfig")
                        .get("thinkingConfig"))
                .isEqualTo(JsonText.parse("{\"thinkingBudget\":1024}"));
        assertThat(written(low, Dialect.GEMINI, "gemini-3-pro")
                        .body()
                        .object("generationConfig")
                        .get("thinkingConfig"))
                .isEqualTo(JsonText.parse("{\"thinkingLevel\":\"low\"}"));
        String small = low.replace("20000", "1000");
        assertThat(lost(small, Dialect.ANTHROPIC, "claude-3-7-sonnet-latest")).containsExactly("reasoning_effort");
    }

    @Test
    void wrong_requests_say_where_and_what_was_expected() {
        assertThatThrownBy(() -> read("{\"model\":\"m\",\"messages\":[{\"role\":\"wizard\",\"content\":\"a\"}]}"))
                .isInstanceOf(Malformed.class)
                .hasMessage("messages[0].role: found \"wizard\", expected system, developer, user, assistant or tool");
        assertThatThrownBy(() -> read("{\"messages\":[]}")).hasMessage("model: found nothing, expected a string");
        assertThatThrownBy(() ->
                        read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                                + "\"image_url\":{\"url\":\"data:image/png,raw\"}}]}]}"))
                .hasMessageStartingWith("messages[0].content[0].image_url.url: ");
    }

    private static Conversation read(String request) {
        return Codecs.of(Dialect.OPENAI).read(parse(request), null, false);
    }

    private static Written written(String request, Dialect target, String model) {
        return Codecs.of(target).write(read(request), Target.of(model));
    }

    private static List<String> lost(String request, Dialect target, String model) {
        return named(written(request, target, model));
    }

    /** Hints have a tilde. */
    private static List<String> named(Written written) {
        return written.lost().stream()
                .map(lost -> (lost.weight() == Untranslatable.Weight.HINT ? "~" : "") + lost.field())
                .toList();
    }

    private static Json.Obj parse(String text) {
        return (Json.Obj) JsonText.parse(text);
    }
}
