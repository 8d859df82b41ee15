package dev.rung.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    @Test
    void numbers_keep_every_digit() {
        Json value = JsonText.parse("[0.1, 123456789012345678901234567890.123456789, 1e30, -0.0]");
        assertThat(value.canonical())
                .isEqualTo("[0.1,123456789012345678901234567890.123456789,1000000000000000000000000000000,0]");
    }

    @Test
    void what_is_written_is_read_back_the_same() {
        String text = "{\"b\":[true,null,{\"ü\":\"a\\\"\\\\\\n\\u0000\"}],\"a\":{}}";
        assertThat(JsonText.parse(text).compact()).isEqualTo(text);
        assertThat(JsonText.parse(JsonText.pretty(JsonText.parse(text))).compact())
                .isEqualTo(text);
    }

    @Test
    void pretty_text_is_indented_and_keeps_short_lists_on_a_line() {
        assertThat(JsonText.pretty(JsonText.parse("{\"a\":[1,2],\"b\":{\"c\":[{}]}}")))
                .isEqualTo("""
                        {
                          "a": [1,2],
                          "b": {
                            "c": [
                              {}
                            ]
                          }
                        }""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1,}          | f.json:1:9",
                "{\"a\": 1, \"a\": 2} | f.json:1:10: found the key \"a\" a second time",
                "[1] 2                | f.json:1:5: found more text after the end",
                "[1 2]                | f.json:1:4",
                "[01]                 | f.json:1:3",
                "[NaN]                | f.json:1:",
                "'a'                  | f.json:1:",
                "[\"a                 | f.json:1:",
                "[1e999999999]        | f.json:1:2: found a number with an exponent",
                "[1e-999999999]       | f.json:1:2: found a number with an exponent",
            })
    void what_is_not_json_is_refused_with_line_and_column(String text, String message) {
        assertThatThrownBy(() -> JsonText.parse(text, "f.json"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void nothing_is_not_a_value() {
        assertThatThrownBy(() -> JsonText.parse("  "))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("found nothing");
    }

    @Test
    void hostile_nesting_is_refused_long_before_the_stack_ends() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> JsonText.parse(deep))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("500");
    }

    @Test
    void a_stream_that_fails_is_an_io_failure_and_not_wrong_input() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("cut");
            }
        };
        assertThatThrownBy(() -> JsonText.parse(broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("cut");
    }

    @Test
    void utf16_is_recognised() {
        byte[] bytes = "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_16);
        assertThat(JsonText.parse(new ByteArrayInputStream(bytes)).compact()).isEqualTo("{\"a\":\"é\"}");
    }
}
