package dev.rung.gateway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
    private static Map<String, String> walk(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        Members walk = Members.of(json.getBytes(StandardCharsets.UTF_8));
        while (walk.next()) {
            members.put(walk.name(), walk.json());
        }
        return members;
    }

    @Test
    void members_stand_where_a_parser_finds_them() {
        String json = """
                { "a" : "x\\"}{\\\\", "b":[1,{"c":"]"},[[]]] ,"é\\u00e9\\n":-1.5E+3,"":null,
                  "deep":{"a":{"a":[{}]}},"t":true\t}
                """;
        Map<String, String> found = walk(json);

        Json.Obj parsed = (Json.Obj) JsonText.parse(json);
        assertThat(found.keySet()).containsExactlyElementsOf(parsed.members().keySet());
        found.forEach((name, value) -> assertThat(JsonText.parse(value)).isEqualTo(parsed.get(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{,}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":\"x}",
                "{\"a\":\"\n\"}",
                "{a:1}",
                "{\"a\":1} x",
                "{\"a\":1}{}",
                "{\"a\":\"\\\"}",
                "{\"a\":}",
                "{\"a\":?}"
            })
    void what_is_no_object_is_refused(String json) {
        assertThatThrownBy(() -> walk(json)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void nesting_is_bounded() {
        String deep = "{\"a\":" + "[".repeat(1_024) + "]".repeat(1_024) + "}";
        assertThat(walk(deep)).containsKey("a");
        assertThatThrownBy(() -> walk("{\"a\":" + "[".repeat(1_025) + "]".repeat(1_025) + "}"))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void a_name_is_found_however_it_is_escaped() {
        Members walk = Members.of("{\"mod\\u0065l\":\"a\\u0062\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(walk.next()).isTrue();
        assertThat(walk.named("model")).isTrue();
        assertThat(walk.text()).isEqualTo("ab");
    }
}
