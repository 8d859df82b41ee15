package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Reply;
import dev.rung.wire.sse.SseEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies of servers that give none an id. */
class ReplyIdTest {
    private static final Asked ASKED = new Asked("task", true, 1_764_000_000);
    private static final int THREADS = 8;
    private static final int EACH = 2_000;

    private static Reply nameless(Dialect dialect) {
        Reply reply = Samples.reply(dialect, "text");
        return new Reply(
                dialect == Dialect.OPENAI ? Dialect.ANTHROPIC : Dialect.OPENAI,
                "",
                reply.model(),
                reply.created(),
                reply.choices(),
                reply.usage(),
                reply.unknown(),
                Json.object());
    }

    private static String member(Dialect dialect) {
        return dialect == Dialect.GEMINI ? "responseId" : "id";
    }

    /** Fits the form that the vendor's own ids have, and has room for 96 bits. */
    private static Pattern form(Dialect dialect) {
        return Pattern.compile(
                switch (dialect) {
                    case OPENAI -> "chatcmpl-[A-Za-z0-9]{24,}";
                    case RESPONSES -> "resp_[0-9a-f]{32,}";
                    case ANTHROPIC -> "msg_01[A-Za-z0-9]{22,}";
                    case GEMINI -> "[A-Za-z0-9_-]{22,}";
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void each_gets_one_of_its_own_also_at_the_same_moment(Dialect dialect) throws Exception {
        Reply nameless = nameless(dialect);
        Callable<List<String>> writing = () -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                ids.add(Codecs.of(dialect).writeReply(nameless, ASKED).body().string(member(dialect)));
            }
            return ids;
        };
        Set<String> ids = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<List<String>>> written = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                written.add(threads.submit(writing));
            }
            for (Future<List<String>> each : written) {
                ids.addAll(each.get());
            }
        }
        assertThat(ids)
                .hasSize(THREADS * EACH)
                .allMatch(id -> form(dialect).matcher(id).matches());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_stream_keeps_its_own_from_begin_to_end(Dialect dialect) {
        Set<String> first = idsInStream(dialect);
        Set<String> second = idsInStream(dialect);
        assertThat(first).hasSize(1).allMatch(id -> form(dialect).matcher(id).matches());
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    }

    private static Set<String> idsInStream(Dialect dialect) {
        Dialect from = dialect == Dialect.OPENAI ? Dialect.RESPONSES : Dialect.OPENAI;
        List<SseEvent> events = new ArrayList<>();
        StreamTranslation translation = new StreamTranslation(Codecs.of(dialect), Codecs.of(from), ASKED, 1 << 16);
        byte[] stream = new String(Samples.stream(from, "text"), java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll("\"(id|response_id)\": ?\"[^\"]*\"", "\"$1\":\"\"")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        translation.feed(stream, 0, stream.length, events::add);
        translation.end(events::add);
        Set<String> ids = new HashSet<>();
        for (SseEvent event : events) {
            if (!event.data().startsWith("{")) {
                continue;
            }
            Json.Obj told = (Json.Obj) JsonText.parse(event.data());
            Json.Obj named = told.get("response") instanceof Json.Obj response
                    ? response
                    : told.get("message") instanceof Json.Obj message ? message : told;
            if (named.get(member(dialect)) instanceof Json.Str(String id)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
