package dev.rung.wire.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SseTest {
    private static final int LIMIT = 1 << 16;

    /** Everything at once: a byte order mark, comments, unknown fields, several lines of data, empty data, a space more, characters of four bytes. */
    private static final String STREAM = """
            \uFEFF: hello
            data: first

            event: delta
            data: {"a":
            data: "ü€😀"}

            : ping

            event: lost, since there is no data

            id: 7
            retry: 10
            unknown: x
            data

            data:  two spaces
            data:
            data:none

            data: [DONE]

            """;

    private static final List<String> EVENTS = List.of(
            "message|first", "delta|{\"a\":\n\"ü€😀\"}", "message|", "message| two spaces\n\nnone", "message|[DONE]");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_stream_reads_the_same_wherever_it_is_cut(String lineEnd) {
        byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            List<String> events = new ArrayList<>();
            SseParser parser = new SseParser(LIMIT);
            parser.feed(bytes, 0, first, event -> events.add(event.type() + "|" + event.data()));
            parser.feed(bytes, first, bytes.length, event -> events.add(event.type() + "|" + event.data()));
            assertThat(events).as("cut at %d", first).isEqualTo(EVENTS);
            assertThat(parser.incomplete()).isFalse();
        }
        assertThat(read(bytes, 1)).isEqualTo(EVENTS);
    }

    @Test
    void a_stream_with_any_mix_of_line_ends_reads_the_same_in_chunks_of_any_size() {
        SplittableRandom random = new SplittableRandom(20261125);
        String[] ends = {"\n", "\r\n", "\r"};
        for (int round = 0; round < 300; round++) {
            StringBuilder mixed = new StringBuilder();
            for (String line : STREAM.split("(?<=\n)")) {
                // A CR before an empty line that ends in LF would be one line end, not two.
                String end = ends[random.nextInt(3)];
                boolean joined = mixed.length() > 0
                        && mixed.charAt(mixed.length() - 1) == '\r'
                        && line.equals("\n")
                        && end.equals("\n");
                mixed.append(line, 0, line.length() - 1).append(joined ? "\r" : end);
            }
            byte[] bytes = mixed.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(read(bytes, 1 + random.nextInt(bytes.length)))
                    .as("round %d", round)
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void an_event_is_handed_on_with_the_first_byte_that_ends_its_blank_line() {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(LIMIT);
        byte[] bytes = "data: x\r\n\r\ndata: y".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            parser.feed(bytes, i, i + 1, event -> events.add(event.data()));
            assertThat(events).hasSize(i < 9 ? 0 : 1);
        }
        assertThat(parser.incomplete()).isTrue();
        assertThat(parser.finish(event -> events.add(event.data()))).isTrue();
        assertThat(events).containsExactly("x", "y");
    }

    @Test
    void an_event_beyond_the_limit_is_refused_whether_in_one_line_or_in_many() {
        byte[] line = ("data: " + "x".repeat(2_000)).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> new SseParser(1_000).feed(line, event -> {})).isInstanceOf(SseOverflow.class);
        byte[] lines = "data: 0123456789\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> new SseParser(1_000).feed(lines, event -> {})).isInstanceOf(SseOverflow.class);
        byte[] many = "data: 0123456789\n\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(read(many, 7)).hasSize(1_000);
    }

    @Test
    void comments_are_told_of_and_are_no_events() {
        int[] comments = {0};
        new SseParser(LIMIT).feed(": a\n\n:\n\ndata: x\n\n".getBytes(StandardCharsets.US_ASCII), new SseSink() {
            @Override
            public void event(SseEvent event) {
                assertThat(event.is("x")).isTrue();
                assertThat(event.is("y")).isFalse();
            }

            @Override
            public void comment() {
                comments[0]++;
            }
        });
        assertThat(comments[0]).isEqualTo(2);
    }

    @Test
    void what_is_written_reads_back() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SseWriter.data("{\"a\":\"ü\"}"));
        out.writeBytes(SseWriter.heartbeat());
        out.writeBytes(SseWriter.event("message_start", "two\nlines"));
        out.writeBytes(SseWriter.event(SseEvent.MESSAGE, ""));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("data: {\"a\":\"ü\"}\n\n:\n\nevent: message_start\ndata: two\ndata: lines\n\ndata: \n\n");
        assertThat(read(out.toByteArray(), 3))
                .containsExactly("message|{\"a\":\"ü\"}", "message_start|two\nlines", "message|");
    }

    private static List<String> read(byte[] bytes, int chunk) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(LIMIT);
        for (int at = 0; at < bytes.length; at += chunk) {
            parser.feed(
                    bytes,
                    at,
                    Math.min(bytes.length, at + chunk),
                    event -> events.add(event.type() + "|" + event.data()));
        }
        return events;
    }
}
