package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BodyEditTest {
    @Test
    void only_the_named_members_change_and_every_other_byte_stays() {
        String body =
                " {\"z\" : 1.0e+2, \"model\":\t\"a\\\"},{\" ,\"deep\":{\"model\":\"x\",\"a\":[1,[\"]\"]]},\n\"n\":-0.50}  ";
        assertThat(edited(body, Map.of("model", Json.of("ü"))))
                .isEqualTo(
                        " {\"z\" : 1.0e+2, \"model\":\t\"ü\" ,\"deep\":{\"model\":\"x\",\"a\":[1,[\"]\"]]},\n\"n\":-0.50}  ");
        Map<String, Json> two = new LinkedHashMap<>();
        two.put("n", Json.object("a", Json.of(1)));
        two.put("stream", Json.of(true));
        assertThat(edited(body, two))
                .endsWith("\n\"n\":{\"a\":1},\"stream\":true}  ")
                .startsWith(body.substring(0, 60));
    }

    @Test
    void a_key_that_is_written_with_escapes_is_the_same_key() {
        assertThat(edited("{\"mod\\u0065l\":\"a\"}", Map.of("model", Json.of("b"))))
                .isEqualTo("{\"mod\\u0065l\":\"b\"}");
    }

    @Test
    void an_empty_object_gets_its_first_member() {
        assertThat(edited("{ }", Map.of("model", Json.of("b")))).isEqualTo("{ \"model\":\"b\"}");
    }

    private static String edited(String body, Map<String, Json> members) {
        return new String(BodyEdit.with(body.getBytes(StandardCharsets.UTF_8), members), StandardCharsets.UTF_8);
    }
}
