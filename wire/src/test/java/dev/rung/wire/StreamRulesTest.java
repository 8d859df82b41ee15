package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of streams that clients rely on, and what goes once around: out in a reply, back in the next request. */
final class StreamRulesTest {
    private static final int LIMIT = 1 << 16;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_chat_completion_says_its_role_and_each_calls_name_once_and_its_usage_when_asked(Dialect upstream) {
        for (boolean asked : List.of(true, false)) {
            List<SseEvent> events = translated(Dialect.OPENAI, upstream, "calls", asked);
            assertThat(events.getLast().is("[DONE]")).isTrue();
            List<Json.Obj> chunks = new ArrayList<>();
            events.subList(0, events.size() - 1).forEach(event -> chunks.add(json(event.data())));
            String all = chunks.toString();
            assertThat(all.split("\"role\":\"assistant\"", -1)).hasSize(2);
            assertThat(all.split("\"id\":\"call_", -1)).hasSize(3);
            assertThat(all.split("\"name\":", -1)).hasSize(3);
            assertThat(all.split("\"finish_reason\":\"", -1)).hasSize(2);
            assertThat(chunks.stream().filter(chunk -> chunk.array("choices").isEmpty()))
                    .hasSize(asked ? 1 : 0)
                    .allMatch(chunk ->
                            chunk.object("usage").number("total_tokens").intValue() == 42);
        }
    }

    @Test
    void blocks_of_anthropic_come_one_after_the_other_though_calls_interleave() {
        int open = -1;
        int next = 0;
        for (SseEvent event : translated(Dialect.ANTHROPIC, Dialect.OPENAI, "calls", false)) {
            Json.Obj data = json(event.data());
            assertThat(event.type()).isEqualTo(data.string("type"));
            switch (event.type()) {
                case "content_block_start" -> {
                    assertThat(open).isEqualTo(-1);
                    open = data.number("index").intValue();
                    assertThat(open).isEqualTo(next++);
                }
                case "content_block_delta" ->
                    assertThat(data.number("index").intValue()).isEqualTo(open);
                case "content_block_stop" -> {
                    assertThat(data.number("index").intValue()).isEqualTo(open);
                    open = -1;
                }
                default -> assertThat(open).isEqualTo(-1);
            }
        }
        assertThat(next).isEqualTo(3);
    }

    @Test
    void events_of_responses_are_numbered_and_end_with_the_whole_response() {
        List<SseEvent> events = translated(Dialect.RESPONSES, Dialect.ANTHROPIC, "calls", false);
        for (int i = 0; i < events.size(); i++) {
            assertThat(json(events.get(i).data()).number("sequence_number").intValue())
                    .isEqualTo(i);
        }
        Json.Obj last = json(events.getLast().data());
        assertThat(last.string("type")).isEqualTo("response.completed");
        Choice whole = Codecs.of(Dialect.RESPONSES)
                .readReply(last.object("response"))
                .choices()
                .getFirst();
        assertThat(Essence.of(whole))
                .isEqualTo(Essence.of(
                        Samples.reply(Dialect.ANTHROPIC, "calls").choices().getFirst()));
    }

    @Test
    void counts_of_anthropic_supersede_earlier_ones_and_cache_writes_beyond_the_split_are_kept() {
        Usage usage = Codecs.of(Dialect.ANTHROPIC).readUsage(json("""
                {"input_tokens":5,"cache_creation_input_tokens":100,"cache_read_input_tokens":7,
                 "cache_creation":{"ephemeral_5m_input_tokens":30,"ephemeral_1h_input_tokens":20},"output_tokens":9}"""));
        assertThat(usage.cacheWrite5m()).isEqualTo(30);
        assertThat(usage.cacheWrite1h()).isEqualTo(20);
        assertThat(usage.cacheWrite()).isEqualTo(50);
        assertThat(usage.allInput()).isEqualTo(112);
        Assembly stream = read(Dialect.ANTHROPIC, """
                event: message_start
                data: {"type":"message_start","message":{"id":"a","model":"m","usage":{"input_tokens":5,"output_tokens":1}}}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":6,"output_tokens":30}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
        assertThat(stream.usage().input()).isEqualTo(6);
        assertThat(stream.usage().output()).isEqualTo(30);
    }

    @Test
    void a_count_that_gemini_leaves_out_follows_from_the_total_or_stays_unknown() {
        Codec gemini = Codecs.of(Dialect.GEMINI);
        Usage zero = gemini.readUsage(json("{\"promptTokenCount\":9,\"totalTokenCount\":9}"));
        assertThat(zero.output()).isEqualTo(0);
        Usage thought =
                gemini.readUsage(json("{\"promptTokenCount\":9,\"thoughtsTokenCount\":4,\"totalTokenCount\":15}"));
        assertThat(thought.output()).isEqualTo(6);
        assertThat(thought.reasoning()).isEqualTo(4);
        Usage unknown = gemini.readUsage(json("{\"promptTokenCount\":9}"));
        assertThat(unknown.output()).isNull();
        assertThat(unknown.isKnown()).isFalse();
    }

    @Test
    void an_event_of_an_unknown_type_passes_within_its_dialect_and_is_named_in_another() {
        String unknown = "{\"type\":\"brand_new\",\"a\":1.5}";
        String known = new String(Samples.stream(Dialect.ANTHROPIC, "text"), StandardCharsets.UTF_8);
        byte[] bytes = known.replace("event: ping", "event: brand_new\ndata: " + unknown + "\n\nevent: ping")
                .getBytes(StandardCharsets.UTF_8);
        for (Dialect inbound : Dialect.values()) {
            List<String> events = new ArrayList<>();
            StreamTranslation translation =
                    new StreamTranslation(Codecs.of(inbound), Codecs.of(Dialect.ANTHROPIC), asked(true), LIMIT);
            translation.feed(bytes, 0, bytes.length, event -> events.add(event.type() + " " + event.data()));
            translation.end(event -> events.add(event.type() + " " + event.data()));
            assertThat(translation.complete()).isTrue();
            boolean same = inbound == Dialect.ANTHROPIC;
            assertThat(events.contains("brand_new " + unknown)).isEqualTo(same);
            assertThat(translation.lost())
                    .extracting(Untranslatable::field)
                    .isEqualTo(same ? List.of() : List.of("brand_new"));
        }
    }

    @Test
    void an_event_of_an_unknown_type_is_noted_and_the_stream_goes_on() {
        Assembly stream = read(
                Dialect.RESPONSES,
                new String(Samples.stream(Dialect.RESPONSES, "text"), StandardCharsets.UTF_8)
                        .replace(
                                "event: response.output_item.added",
                                "event: response.brand_new\ndata: {\"type\":\"response.brand_new\"}\n\n"
                                        + "event: response.output_item.added"));
        assertThat(stream.ended()).isTrue();
        assertThat(stream.unread()).extracting(StreamEvent.Unread::type).containsExactly("response.brand_new");
    }

    @Test
    void arguments_that_come_only_at_the_end_of_a_call_arrive() {
        Assembly stream = read(
                Dialect.RESPONSES,
                new String(Samples.stream(Dialect.RESPONSES, "calls"), StandardCharsets.UTF_8)
                        .replaceAll("event: response.function_call_arguments.delta\ndata: [^\n]*\n\n", ""));
        assertThat(Essence.of(stream.choices().getFirst()))
                .isEqualTo(Essence.of(
                        Samples.reply(Dialect.RESPONSES, "calls").choices().getFirst()));
    }

    /** A vendor's seal goes to a caller of any dialect, comes back in its next request, and reaches the vendor as it was. */
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_seal_comes_back_to_its_vendor_byte_for_byte_whatever_the_caller_speaks(Dialect caller) {
        for (Dialect vendor : List.of(Dialect.ANTHROPIC, Dialect.RESPONSES, Dialect.GEMINI)) {
            Choice said = Samples.reply(vendor, "reasoning").choices().getFirst();
            Json.Obj reply = Codecs.of(caller)
                    .writeReply(Samples.foreign(Samples.reply(vendor, "reasoning"), Codecs.of(caller)), asked(true))
                    .body();
            Conversation next = Codecs.of(caller).read(nextRequest(caller, reply), "m", false);
            Json.Obj sent = Codecs.of(vendor)
                    .write(Samples.foreign(next, Codecs.of(vendor)), Target.of("up"))
                    .body();
            Conversation arrived = Codecs.of(vendor).read(sent, "up", false);
            List<Seal> seals = seals(arrived.turns().getLast().parts());
            assertThat(seals).as("%s by %s", vendor, caller).hasSize(2).isEqualTo(seals(said.parts()));
        }
    }

    private static List<Seal> seals(List<Part> parts) {
        List<Seal> seals = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Reasoning reasoning && reasoning.seal() != null) {
                seals.add(reasoning.seal());
            } else if (part instanceof Part.ToolCall call && call.seal() != null) {
                seals.add(call.seal());
            }
        }
        return seals;
    }

    /** Returns what a client sends next: the assistant's words as it got them. */
    private static Json.Obj nextRequest(Dialect caller, Json.Obj reply) {
        return switch (caller) {
            case OPENAI ->
                Json.object(
                        "model",
                        Json.of("m"),
                        "messages",
                        Json.array(List.of(((Json.Obj) reply.array("choices").getFirst()).object("message"))));
            case RESPONSES -> Json.object("model", Json.of("m"), "input", reply.require("output"));
            case ANTHROPIC ->
                Json.object(
                        "model",
                        Json.of("m"),
                        "messages",
                        Json.array(List.of(
                                Json.object("role", Json.of("assistant"), "content", reply.require("content")))));
            case GEMINI ->
                Json.object(
                        "contents",
                        Json.array(List.of(((Json.Obj) reply.array("candidates").getFirst()).object("content"))));
        };
    }

    private static Asked asked(boolean usage) {
        return new Asked("task", usage, 1_764_000_000);
    }

    private static List<SseEvent> translated(Dialect inbound, Dialect upstream, String name, boolean usage) {
        List<SseEvent> events = new ArrayList<>();
        StreamTranslation translation =
                new StreamTranslation(Codecs.of(inbound), Codecs.of(upstream), asked(usage), LIMIT);
        byte[] bytes = Samples.stream(upstream, name);
        translation.feed(bytes, 0, bytes.length, events::add);
        translation.end(events::add);
        assertThat(translation.complete()).isTrue();
        assertThat(translation.usage().allOutput()).isEqualTo(12);
        return events;
    }

    private static Assembly read(Dialect dialect, String stream) {
        Assembly assembly = new Assembly();
        StreamReader reader = Codecs.of(dialect).streamReader();
        new SseParser(LIMIT).feed(stream.getBytes(StandardCharsets.UTF_8), event -> reader.read(event, assembly::step));
        return assembly;
    }

    private static Json.Obj json(String text) {
        return (Json.Obj) JsonText.parse(text);
    }
}
