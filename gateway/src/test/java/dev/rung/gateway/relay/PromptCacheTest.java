package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Bytes;
import dev.rung.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is marked for a provider's prompt cache, and that nothing is where it is not asked for. */
class PromptCacheTest {
    private static final String MESSAGES =
            "{\"model\":\"chat\",\"max_tokens\":5,%s\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"top_k\":1.50}";
    private static final String MARK = "\"cache_control\":{\"type\":\"ephemeral\"}";

    private static String sent(String dialect, String on, String path, String body, String... headers)
            throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture =
                        new RelayFixture(RelayFixture.one(dialect, upstream) + "    prompt_cache: " + on + "\n")) {
            fixture.post(path, body, headers);
            return upstream.only().body();
        }
    }

    @Test
    void off_leaves_every_byte_as_it_is() throws Exception {
        String body = MESSAGES.formatted("\"system\":\"long\",");
        assertThat(sent("anthropic", "off", "/v1/messages", body)).isEqualTo(body.replace("chat", "real-model"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'system':'long', | 'system':[{'type':'text','text':'long',MARK}],",
                "'system':[{'type':'text','text':'a'},{'type':'text','text':'b'}], | 'system':[{'type':'text','text':'a'},{'type':'text','text':'b',MARK}],",
                "'tools':[{'name':'f','input_schema':{}}], | 'tools':[{'name':'f','input_schema':{},MARK}],",
                // Where the caller has set a break point, it knows better.
                "'system':[{'type':'text','text':'a',MARK},{'type':'text','text':'b'}], | 'system':[{'type':'text','text':'a',MARK},{'type':'text','text':'b'}],",
            })
    void anthropic_gets_a_break_point_on_the_last_block_that_stays_the_same(String asked, String expected)
            throws Exception {
        String body = MESSAGES.formatted(asked.replace("MARK", MARK).replace('\'', '"'));
        String marked = MESSAGES.formatted(expected.replace("MARK", MARK).replace('\'', '"'));
        assertThat(sent("anthropic", "on", "/v1/messages", body)).isEqualTo(marked.replace("chat", "real-model"));
    }

    @Test
    void a_question_that_is_translated_gets_one_too() throws Exception {
        String body = sent(
                "anthropic",
                "on",
                "/v1/chat/completions",
                "{\"model\":\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"long\"},{\"role\":\"user\",\"content\":\"q\"}]}");
        assertThat(body).contains("\"text\":\"long\"," + MARK);
    }

    private static Inbound chat(String body) {
        return Inbound.read(Verb.CHAT, Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String key(String body, String tenant) {
        Json.Obj marked = (Json.Obj) JsonText.parse(
                new String(PromptMarks.on(chat(body), tenant).content().array(), StandardCharsets.UTF_8));
        return marked.string("prompt_cache_key");
    }

    @Test
    void openai_gets_a_key_that_only_the_same_instructions_of_the_same_tenant_share() throws Exception {
        String ask =
                "{\"model\":\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"%s\"},{\"role\":\"user\",\"content\":\"%s\"}]}";
        String key = key(ask.formatted("long", "one"), "team:a");
        assertThat(key).matches("[0-9a-f]{32}");
        assertThat(key(ask.formatted("long", "two"), "team:a")).isEqualTo(key);
        assertThat(key(ask.formatted("other", "one"), "team:a")).isNotEqualTo(key);
        assertThat(key(ask.formatted("long", "one"), "team:b")).isNotEqualTo(key);
        String own = ask.formatted("long", "one").replaceFirst("\\{", "{\"prompt_cache_key\":\"mine\",");
        assertThat(key(own, "team:a")).isNotEqualTo("mine").isNotEqualTo(key(own, "team:b"));
        String plain = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";
        assertThat(PromptMarks.on(chat(plain), "team:a").content().array())
                .asString()
                .isEqualTo(plain);
        assertThat(sent("openai", "on", "/v1/chat/completions", ask.formatted("long", "one")))
                .contains("\"prompt_cache_key\":\"");
    }
}
