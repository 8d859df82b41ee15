package dev.rung.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refused;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerSchemaTest {
    private static SchemaCheck check(String schema) {
        return CallerSchema.check((Json.Obj) JsonText.parse(schema));
    }

    @Test
    void references_are_written_out_and_checked_also_beside_other_keywords() {
        SchemaCheck check = check("""
                {"type":"object","properties":{"pattern":{"$ref":"#/$defs/item"},"n~/x":{"$ref":"#/$defs/a~1b","maximum":5}},
                 "required":["pattern"],"$defs":{"item":{"type":"array","items":{"$ref":"#/$defs/name"}},
                 "name":{"enum":["a","b"]},"a/b":{"type":"integer"}}}""");
        assertThat(check.validate(JsonText.parse("{\"pattern\":[\"a\",\"b\"],\"n~/x\":5}")))
                .isEmpty();
        assertThat(check.validate(JsonText.parse("{\"pattern\":[\"c\"]}"))).hasSize(1);
        assertThat(check.validate(JsonText.parse("{\"pattern\":[],\"n~/x\":6}")))
                .hasSize(1);
        assertThat(check.validate(JsonText.parse("{\"pattern\":[],\"n~/x\":\"six\"}")))
                .isNotEmpty();
        assertThat(check.validate(JsonText.parse("{}"))).hasSize(1);
    }

    @Test
    void a_schema_that_doubles_at_every_reference_is_refused_at_once() {
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            definitions.append("\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]},"
                    .formatted(i, i + 1, i + 1));
        }
        assertThatThrownBy(() -> check("{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + definitions + "\"d60\":{}}}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("more than 5,000 parts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"(a+)+$\"}}}",
                "{\"patternProperties\":{\"(a+)+$\":{}}}",
                "{\"$ref\":\"http://example.org/schema.json\"}",
                "{\"$ref\":\"#/$defs/nowhere\"}",
                "{\"$ref\":\"#\"}",
                "{\"$defs\":{\"tree\":{\"items\":{\"$ref\":\"#/$defs/tree\"}}},\"$ref\":\"#/$defs/tree\"}",
                "{\"$dynamicRef\":\"#a\"}",
                "{\"type\":\"thing\"}",
                "{\"required\":\"words\"}",
                "{\"items\":3}"
            })
    void a_schema_that_cannot_be_run_safely_or_is_none_is_refused(String schema) {
        assertThatThrownBy(() -> check(schema)).isInstanceOf(Refused.class);
    }
}
