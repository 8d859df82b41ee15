package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.http.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SentTest {
    private static final byte[] MEBIBYTE = new byte[1 << 20];

    @Test
    void a_copy_has_all_parts_in_turn() {
        Sent sent = new Sent(true);
        sent.add("data: one".getBytes(StandardCharsets.UTF_8), 6, 3);
        sent.add(" two".getBytes(StandardCharsets.UTF_8), 0, 4);
        assertThat(sent.whole()).extracting(Bytes::array).isEqualTo("one two".getBytes(StandardCharsets.UTF_8));
        assertThat(sent.count()).isEqualTo(7);
    }

    @Test
    void of_four_mebibytes_there_is_a_copy_and_of_a_byte_more_none_also_when_small_parts_follow() {
        Sent sent = new Sent(true);
        for (int i = 0; i < 4; i++) {
            sent.add(MEBIBYTE, 0, MEBIBYTE.length);
        }
        assertThat(sent.whole()).extracting(copy -> copy.array().length).isEqualTo(4 << 20);
        sent.add(MEBIBYTE, 0, 1);
        assertThat(sent.whole()).isNull();
        sent.add(MEBIBYTE, 0, 1);
        assertThat(sent.whole()).isNull();
        assertThat(sent.count()).isEqualTo((4 << 20) + 2);
    }

    @Test
    void without_a_wish_for_a_copy_bytes_are_counted_alone() {
        Sent sent = new Sent(false);
        sent.add(MEBIBYTE, 0, 10);
        assertThat(sent.whole()).isNull();
        assertThat(sent.count()).isEqualTo(10);
    }
}
