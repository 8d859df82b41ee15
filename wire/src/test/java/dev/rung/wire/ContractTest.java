package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.ErrorReply;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.Setting;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.form.Written;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseParser;
import dev.rung.wire.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds between every two dialects: the caller's and the server's. */
final class ContractTest {
    private static final int LIMIT = 1 << 16;
    private static final Asked ASKED = new Asked("task", true, 1_764_000_000);

    static Stream<Arguments> pairs() {
        return Stream.of(Dialect.values())
                .flatMap(inbound -> Stream.of(Dialect.values())
                        .map(upstream -> Arguments.of(Codecs.of(inbound), Codecs.of(upstream))));
    }

    static Stream<Arguments> pairsAndRequests() {
        return pairs().flatMap(pair -> Samples.REQUESTS.stream().map(name -> and(pair, name)));
    }

    static Stream<Arguments> pairsAndReplies() {
        return pairs().flatMap(pair -> Samples.REPLIES.stream().map(name -> and(pair, name)));
    }

    private static Arguments and(Arguments pair, String name) {
        return Arguments.of(pair.get()[0], pair.get()[1], name);
    }

    @ParameterizedTest
    @MethodSource("pairsAndRequests")
    void a_request_reaches_the_server_with_all_that_it_says(Codec inbound, Codec upstream, String name) {
        Conversation asked = Samples.conversation(inbound.dialect(), name);
        assertThat(asked.unknown()).isEmpty();
        Written written = upstream.write(Samples.foreign(asked, upstream), Target.of("up"));
        assertThat(written.lost())
                .extracting(Untranslatable::weight)
                .as("the name of a file is a hint, all else arrives")
                .hasSize(name.equals("media") && upstream.dialect() == Dialect.GEMINI && named(asked) ? 1 : 0)
                .allMatch(weight -> weight == Untranslatable.Weight.HINT);
        Conversation arrived = upstream.read(written.body(), "up", asked.stream());
        assertThat(arrived.unknown()).isEmpty();
        assertThat(Essence.of(limited(arrived))).isEqualTo(Essence.of(limited(asked)));
        // The same request in the server's own dialect says the same.
        assertThat(Essence.of(limited(asked)))
                .isEqualTo(Essence.of(limited(Samples.conversation(upstream.dialect(), name))));
        assertThat(arrived.model()).isEqualTo("up");
    }

    private static boolean named(Conversation asked) {
        return asked.dialect() != Dialect.GEMINI;
    }

    /** Anthropic needs a limit of tokens, and Responses a word that nothing is to be stored; where the caller said neither, they are the writer's. */
    private static Conversation limited(Conversation c) {
        Map<Knob, Setting> settings = new EnumMap<>(Knob.class);
        c.settings().forEach((knob, setting) -> {
            if (!setting.value().equals(Json.of(8_192)) && knob != Knob.STORE) {
                settings.put(knob, setting);
            }
        });
        return new Conversation(
                c.dialect(),
                c.model(),
                c.turns(),
                c.tools(),
                c.toolChoice(),
                settings,
                c.format(),
                c.thinking(),
                c.stream(),
                c.includeUsage(),
                c.unknown(),
                c.source());
    }

    @ParameterizedTest
    @MethodSource("pairsAndReplies")
    void a_whole_reply_reaches_the_caller_with_all_that_it_says(Codec inbound, Codec upstream, String name) {
        Reply reply = Samples.reply(upstream.dialect(), name);
        assertThat(reply.unknown()).isEmpty();
        Written written = inbound.writeReply(Samples.foreign(reply, inbound), ASKED);
        assertThat(written.lost()).isEmpty();
        Reply arrived = inbound.readReply(written.body());
        assertThat(arrived.unknown()).isEmpty();
        assertThat(arrived.model()).isEqualTo("task");
        assertThat(arrived.choices()).hasSize(1);
        assertThat(Essence.of(arrived.choices().getFirst()))
                .isEqualTo(Essence.of(reply.choices().getFirst()));
        assertSameUsage(arrived.usage(), reply.usage());
        if (!name.equals("reasoning")) {
            assertThat(Essence.of(reply.choices().getFirst()))
                    .isEqualTo(Essence.of(
                            Samples.reply(inbound.dialect(), name).choices().getFirst()));
        }
    }

    @ParameterizedTest
    @MethodSource("pairsAndReplies")
    void a_stream_says_what_the_whole_reply_says_wherever_it_is_cut(Codec inbound, Codec upstream, String name) {
        byte[] bytes = Samples.stream(upstream.dialect(), name);
        Reply whole = Samples.reply(upstream.dialect(), name);
        List<String> once = translated(inbound, upstream, bytes, bytes.length);
        Assembly arrived = read(inbound, once);
        assertThat(arrived.failure()).isNull();
        assertThat(arrived.ended()).isTrue();
        assertThat(Essence.of(arrived.choices().getFirst()))
                .isEqualTo(Essence.of(whole.choices().getFirst()));
        assertSameUsage(arrived.usage(), whole.usage());
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(translated(inbound, upstream, bytes, cut))
                    .as("cut at %d", cut)
                    .isEqualTo(once);
        }
    }

    @ParameterizedTest
    @MethodSource("pairsAndReplies")
    void a_stream_that_ends_early_is_a_failure_and_never_looks_complete(Codec inbound, Codec upstream, String name) {
        byte[] bytes = Samples.stream(upstream.dialect(), name);
        int last = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(stopWord(upstream.dialect()));
        last = last < 0 ? bytes.length - 1_000 : last; // a response that is incomplete says so in its last event
        for (int length = 0; length < last; length += 7) {
            List<String> events = new ArrayList<>();
            StreamTranslation translation = new StreamTranslation(inbound, upstream, ASKED, LIMIT);
            translation.feed(bytes, 0, length, event -> events.add(text(event)));
            translation.end(event -> events.add(text(event)));
            assertThat(translation.complete()).isFalse();
            assertThat(translation.failure()).isNotNull();
            Assembly arrived = read(inbound, events);
            assertThat(arrived.failure()).as("cut after %d", length).isNotNull();
            assertThat(arrived.ended()).isFalse();
        }
    }

    /** What stands in the event that says why the answer ended. */
    private static String stopWord(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> "\"finish_reason\":\"";
            case RESPONSES -> "\"status\":\"completed\",\"error\"";
            case ANTHROPIC -> "\"type\":\"message_stop\"";
            case GEMINI -> "\"finishReason\"";
        };
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void an_error_inside_a_stream_is_an_error_in_the_callers_dialect(Codec inbound, Codec upstream) {
        byte[] bytes = Samples.stream(upstream.dialect(), "error");
        StreamTranslation translation = new StreamTranslation(inbound, upstream, ASKED, LIMIT);
        List<String> events = new ArrayList<>();
        translation.feed(bytes, 0, bytes.length, event -> events.add(text(event)));
        translation.end(event -> events.add(text(event)));
        ApiError told = Objects.requireNonNull(translation.failure());
        ApiError arrived = Objects.requireNonNull(read(inbound, events).failure());
        assertThat(arrived.message()).isEqualTo(told.message());
        assertThat(arrived.status()).isGreaterThanOrEqualTo(500);
        assertThat(translation.started()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_failure_before_the_answer_begins_leaves_room_for_another_server(Codec inbound, Codec upstream) {
        StreamTranslation translation = new StreamTranslation(inbound, upstream, ASKED, LIMIT);
        byte[] bytes = "data: <html>busy</html>\n\n".getBytes(StandardCharsets.UTF_8);
        translation.feed(bytes, 0, bytes.length, event -> {});
        assertThat(translation.started()).isFalse();
        assertThat(Objects.requireNonNull(translation.failure()).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void an_error_keeps_its_kind_and_says_whether_to_try_again(Codec inbound, Codec upstream) {
        for (ApiError.Kind kind : ApiError.Kind.values()) {
            ApiError error = new ApiError(kind, kind.status(), "No.", null, null, false, Duration.ofMillis(1_500));
            ErrorReply sent = upstream.writeError(error);
            ApiError read = upstream.readError(sent.status(), sent.body());
            ErrorReply reply = inbound.writeError(
                    new ApiError(read.kind(), read.status(), read.message(), null, null, false, error.retryAfter()));
            assertThat(inbound.readError(reply.status(), reply.body()).message())
                    .isEqualTo("No.");
            assertThat(reply.status()).isIn(kind.status(), 429, 500, 503);
            assertThat(reply.status() / 100).isEqualTo(kind.status() / 100);
            assertThat(reply.headers())
                    .containsEntry("retry-after", "2")
                    .containsEntry("retry-after-ms", "1500")
                    .containsEntry("x-should-retry", "false");
        }
    }

    @ParameterizedTest
    @MethodSource("pairsAndRequests")
    void an_unknown_field_survives_in_its_dialect_and_is_named_in_another(Codec inbound, Codec upstream, String name) {
        Json.Obj body = Samples.request(inbound.dialect(), name).with("brand_new", Json.object("a", Json.of(1)));
        Conversation read = inbound.read(body, "m", false);
        Written written = upstream.write(read, Target.of("m"));
        if (inbound.dialect() == upstream.dialect()) {
            assertThat(written.body().without("stream_options")).isEqualTo(body.without("stream_options"));
            assertThat(written.lost()).isEmpty();
        } else {
            assertThat(written.lost().getFirst().field()).isEqualTo("brand_new");
            assertThat(written.lost().getFirst().weight()).isEqualTo(Untranslatable.Weight.MEANING);
            assertThat(ApiError.of(written.lost().getFirst()).status()).isEqualTo(400);
        }
    }

    private static void assertSameUsage(Usage arrived, Usage sent) {
        assertThat(arrived.allInput()).isEqualTo(sent.allInput());
        assertThat(Usage.known(arrived.input())).isEqualTo(Usage.known(sent.input()));
        assertThat(Usage.known(arrived.cacheRead())).isEqualTo(Usage.known(sent.cacheRead()));
        assertThat(arrived.written()).isEqualTo(sent.written());
        assertThat(arrived.allOutput()).isEqualTo(sent.allOutput());
    }

    private static List<String> translated(Codec inbound, Codec upstream, byte[] bytes, int cut) {
        List<String> events = new ArrayList<>();
        StreamTranslation translation = new StreamTranslation(inbound, upstream, ASKED, LIMIT);
        translation.feed(bytes, 0, cut, event -> events.add(text(event)));
        translation.feed(bytes, cut, bytes.length, event -> events.add(text(event)));
        translation.end(event -> events.add(text(event)));
        assertThat(translation.lost()).isEmpty();
        return events;
    }

    private static String text(SseEvent event) {
        return new String(SseWriter.event(event.type(), event.data()), StandardCharsets.UTF_8);
    }

    /** Reads what the caller gets as the caller's client would. */
    private static Assembly read(Codec inbound, List<String> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.forEach(event -> out.writeBytes(event.getBytes(StandardCharsets.UTF_8)));
        Assembly assembly = new Assembly();
        StreamReader reader = inbound.streamReader();
        SseParser parser = new SseParser(LIMIT);
        parser.feed(out.toByteArray(), event -> {
            if (!event.is("[DONE]")) {
                assertThat(JsonText.parse(event.data())).isInstanceOf(Json.Obj.class);
            }
            reader.read(event, assembly::step);
        });
        if (assembly.failure() == null && !assembly.ended()) {
            reader.end(assembly::step);
        }
        return assembly;
    }
}
