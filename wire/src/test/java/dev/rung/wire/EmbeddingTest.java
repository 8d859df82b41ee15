package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Written;
import org.junit.jupiter.api.Test;

/** Embeddings and counts of tokens. */
final class EmbeddingTest {
    private static final Embedding.Codec OPENAI =
            Codecs.embeddings(Dialect.OPENAI).orElseThrow();
    private static final Embedding.Codec GEMINI =
            Codecs.embeddings(Dialect.GEMINI).orElseThrow();

    @Test
    void a_list_of_texts_is_a_batch_and_one_text_is_not() {
        Embedding.Request many = OPENAI.read(json("""
                {"model":"m","input":["a","b"],"dimensions":2,"encoding_format":"base64"}"""), null);
        assertThat(GEMINI.write(many, "g").body()).isEqualTo(json("""
                {"requests":[{"model":"models/g","content":{"parts":[{"text":"a"}]},"outputDimensionality":2},
                             {"model":"models/g","content":{"parts":[{"text":"b"}]},"outputDimensionality":2}]}"""));
        Embedding.Reply reply = GEMINI.readReply(json("""
                {"embeddings":[{"values":[0.5,-1]},{"values":[0.25,0.1]}]}"""));
        Json.Obj written = OPENAI.writeReply(reply, many);
        assertThat(OPENAI.readReply(written).vectors().get(1))
                .isEqualTo(reply.vectors().get(1));
        // Two little-endian floats: 0.5 is 0x3F000000 and -1 is 0xBF800000.
        assertThat(((Json.Obj) written.array("data").getFirst()).string("embedding"))
                .isEqualTo("AAAAPwAAgL8=");

        Embedding.Request one = OPENAI.read(json("{\"model\":\"m\",\"input\":\"a\"}"), null);
        assertThat(GEMINI.write(one, "g").body()).isEqualTo(json("{\"content\":{\"parts\":[{\"text\":\"a\"}]}}"));
        Embedding.Request asked = GEMINI.read(json("{\"content\":{\"parts\":[{\"text\":\"a\"}]}}"), "g");
        assertThat(OPENAI.write(asked, "m").body())
                .isEqualTo(json("{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"float\"}"));
        assertThat(GEMINI.writeReply(new Embedding.Reply(reply.vectors().subList(0, 1), 1L), asked))
                .isEqualTo(json("{\"embedding\":{\"values\":[0.5,-1]}}"));
    }

    @Test
    void what_embeddings_of_the_other_vendor_lack_is_named() {
        Written tokens =
                GEMINI.write(OPENAI.read(json("{\"model\":\"m\",\"input\":[1,2],\"user\":\"u\",\"x\":1}"), null), "g");
        assertThat(tokens.lost()).extracting(Untranslatable::field).containsExactly("x", "user", "input");
        Written task = OPENAI.write(
                GEMINI.read(json("{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"RETRIEVAL_QUERY\"}"), "g"),
                "m");
        assertThat(task.lost()).extracting(Untranslatable::field).containsExactly("taskType");
        assertThatThrownBy(() -> OPENAI.read(json("{\"model\":\"m\",\"input\":{}}"), null))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith("input: found {}");
        assertThatThrownBy(() -> OPENAI.readReply(json("{\"data\":[{\"index\":1,\"embedding\":[1]}]}")))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void a_question_for_a_count_has_no_word_on_how_to_answer() {
        for (Dialect inbound : Dialect.values()) {
            for (Dialect upstream : Dialect.values()) {
                if (inbound == Dialect.OPENAI || upstream == Dialect.OPENAI) {
                    continue;
                }
                Json.Obj question = Samples.request(inbound, "settings");
                Written written = TokenCount.write(upstream, TokenCount.read(inbound, question, "m"), Target.of("up"))
                        .orElseThrow();
                assertThat(Essence.of(TokenCount.read(upstream, written.body(), "up"))
                                .getFirst())
                        .isEqualTo("user: says Go[]");
                assertThat(TokenCount.readReply(inbound, TokenCount.writeReply(inbound, 12)))
                        .isEqualTo(12);
                if (upstream == Dialect.ANTHROPIC) {
                    assertThat(written.body().members().keySet()).containsExactlyInAnyOrder("model", "messages");
                }
            }
        }
        assertThat(TokenCount.write(Dialect.OPENAI, Samples.conversation(Dialect.ANTHROPIC, "chat"), Target.of("up")))
                .isEmpty();
    }

    private static Json.Obj json(String text) {
        return (Json.Obj) JsonText.parse(text);
    }
}
