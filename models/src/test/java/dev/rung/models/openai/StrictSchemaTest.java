package dev.rung.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictSchemaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false} | true
                    {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"], "additionalProperties": false} | true
                    {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false} | false
                    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]} | false
                    {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "object"}}}, "required": ["a"], "additionalProperties": false} | false
                    {"type": "object", "properties": {"a": {"type": "array", "uniqueItems": true}}, "required": ["a"], "additionalProperties": false} | false
                    {"type": "object", "properties": {"a": {"anyOf": [{"type": "string"}, {"type": "null"}]}}, "required": ["a"], "additionalProperties": false} | true
                    {"type": "array", "items": {"type": "string"}} | false
                    """)
    void only_closed_objects_with_all_properties_required_are_strict(String schema, boolean strict) {
        assertThat(StrictSchema.fits((Json.Obj) JsonText.parse(schema))).isEqualTo(strict);
    }
}
