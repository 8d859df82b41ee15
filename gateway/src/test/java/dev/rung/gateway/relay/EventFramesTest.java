package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.statistics.SplitMix64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFramesTest {
    private static final String STREAM =
            ": hi\n\ndata: one\r\n\r\nevent: x\rdata: two\r\rdata: three\ndata: four\n\n\r\ndata: é\n\ndata: cut";

    private static List<String> cut(byte[] bytes, List<Integer> packets) throws Exception {
        List<String> events = new ArrayList<>();
        EventFrames frames = new EventFrames(1 << 20);
        int at = 0;
        for (int length : packets) {
            frames.take(bytes, at, length);
            at += length;
            while (frames.next()) {
                events.add(
                        new String(frames.bytes(), frames.from(), frames.to() - frames.from(), StandardCharsets.UTF_8));
            }
        }
        if (frames.rest()) {
            events.add("rest "
                    + new String(frames.bytes(), frames.from(), frames.to() - frames.from(), StandardCharsets.UTF_8));
        }
        return events;
    }

    @Test
    void events_are_the_same_wherever_packets_end_and_no_byte_is_lost() throws Exception {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        assertThat(cut(bytes, List.of(bytes.length)))
                .contains("event: x\rdata: two\r\r", "data: three\ndata: four\n\n", "rest data: cut");
        SplitMix64 random = new SplitMix64(11);
        for (int round = 0; round < 200; round++) {
            List<Integer> packets = new ArrayList<>();
            for (int left = bytes.length; left > 0; ) {
                int length = 1 + random.below(Math.min(left, 7));
                packets.add(length);
                left -= length;
            }
            List<String> events = cut(bytes, packets);
            assertThat(String.join("", events).replace("rest ", "")).isEqualTo(STREAM);
            assertThat(events).anyMatch(event -> event.strip().equals("event: x\rdata: two"));
            assertThat(events).anyMatch(event -> event.strip().equals("data: three\ndata: four"));
        }
    }
}
