package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.Message;
import dev.rung.core.model.Sampling;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaGrammarTest {
    private static final String ORDER = """
            {"type":"object","required":["customer","items","due","gift"],"properties":{
              "customer":{"type":"string","minLength":1,"maxLength":30},
              "items":{"type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/$defs/item"}},
              "due":{"type":"string","format":"date"},
              "note":{"type":["string","null"],"maxLength":10},
              "gift":{"type":"boolean"}},
             "$defs":{"item":{"type":"object","required":["product","quantity"],"properties":{
               "product":{"enum":["bread","cake \\"Royal\\"","rolls"]},
               "quantity":{"type":"integer","minimum":1,"maximum":99}}}}}
            """;

    private static LlamaModel model;
    private static LlamaSession session;

    @BeforeAll
    static void load() {
        model = LlamaModel.load(SmallModel.file());
        session = model.open(SessionOptions.DEFAULT);
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ORDER,
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":0},\"b\":{\"type\":\"number\"}}}",
                "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":2,\"maxItems\":2},\"maxItems\":3}",
                "{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"k\":{\"const\":1}},\"required\":[\"k\"]},{\"type\":\"null\"}]}",
                "{\"type\":\"object\",\"required\":[\"at\",\"code\"],\"properties\":{\"at\":{\"type\":\"string\",\"format\":\"date-time\"},"
                        + "\"code\":{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d{3}(x|y)?$\"}}}"
            })
    void whatever_the_model_would_rather_say_its_answer_satisfies_the_schema(String text) {
        Json.Obj schema = (Json.Obj) JsonText.parse(text);
        String gbnf = SchemaGrammar.of(schema);
        for (double temperature : new double[] {0, 1.5}) {
            int[] prompt = model.prompt(List.of(Message.user("Mia orders two cakes for 29 February 2024. JSON:")));
            GenerationOptions options = new GenerationOptions(300, List.of(), new Sampling(temperature, 1, 0, 11));
            Generation answer = session.generate(prompt, options, gbnf, piece -> {});
            Json value = JsonText.parse(answer.text());
            assertThat(SchemaCheck.withFormats(schema).validate(value))
                    .as(answer.text())
                    .isEmpty();
        }
    }

    @Test
    void the_grammar_takes_what_the_schema_takes_and_nothing_else() {
        assertThat(
                        takes(
                                ORDER,
                                "{\"customer\":\"Mia\", \"items\":[{\"product\":\"rolls\",\"quantity\":12}],\"due\":\"2024-02-29\",\"gift\":true}"))
                .isTrue();
        assertThat(
                        takes(
                                ORDER,
                                "{\"customer\":\"Mia\",\"items\":[{\"product\":\"rolls\",\"quantity\":12}],\"due\":\"2023-02-29\",\"gift\":true}"))
                .isFalse();
        assertThat(takes(ORDER, "{\"customer\":\"\",\"items\":[],\"due\":\"2024-02-28\",\"gift\":true}"))
                .isFalse();
        String optional =
                "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1},\"b\":{\"const\":2},\"c\":{\"const\":3}},\"required\":[\"b\"]}";
        assertThat(takes(optional, "{\"b\":2}")).isTrue();
        assertThat(takes(optional, "{\"a\":1,\"b\":2,\"c\":3}")).isTrue();
        assertThat(takes(optional, "{\"b\":2,\"c\":3}")).isTrue();
        assertThat(takes(optional, "{\"a\":1}")).isFalse();
        assertThat(takes(optional, "{\"b\":2,}")).isFalse();
        assertThat(takes("{\"type\":\"object\",\"properties\":{}}", "{}")).isTrue();
        String integer =
                "{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":-2,\"maximum\":10}}}";
        assertThat(takes(integer, "{\"n\":-2}")).isTrue();
        assertThat(takes(integer, "{\"n\":10}")).isTrue();
        assertThat(takes(integer, "{\"n\":11}")).isFalse();
        String pattern =
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^[^a-c]+(?:-\\\\w\\\\.)*$\"}}";
        assertThat(takes(pattern, "[\"xyz-d.-e.\", \"q\"]")).isTrue();
        assertThat(takes(pattern, "[\"a\"]")).isFalse();
    }

    @Test
    void a_control_token_is_no_text_inside_a_string() {
        String gbnf =
                SchemaGrammar.of((Json.Obj) JsonText.parse("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
        try (Grammar grammar = Grammar.of(gbnf, model.handle(), model.vocabulary())) {
            for (int token : model.tokens("[\"")) {
                grammar.accept(token);
            }
            int control = model.vocabulary().tokensWithControl("<|im_start|>")[0];
            assertThat(grammar.allows(control)).isFalse();
            assertThatThrownBy(() -> grammar.accept(control)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> grammar.accept(model.vocabulary().endOfText()))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(grammar.allows(model.tokens("x")[0])).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"patternProperties\":{}}",
                "{\"type\":\"array\"}",
                "{}",
                "{\"type\":\"string\",\"pattern\":\"a+\"}",
                "{\"type\":\"string\",\"pattern\":\"^(?=a)b$\"}",
                "{\"type\":\"object\",\"properties\":{},\"required\":[\"x\"]}",
                "{\"$ref\":\"other.json\"}",
                "{\"$ref\":\"#/$defs/none\"}",
                "{\"type\":\"string\",\"minLength\":5,\"maxLength\":3}",
                "{\"type\":\"decimal\"}"
            })
    void what_no_grammar_can_express_is_refused_with_its_place(String schema) {
        assertThatThrownBy(() -> SchemaGrammar.of((Json.Obj) JsonText.parse(schema)))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("schema #");
    }

    @Test
    void a_grammar_that_is_none_is_an_error() {
        assertThatThrownBy(() -> Grammar.of("root ::= undefined", model.handle(), model.vocabulary()))
                .isInstanceOf(RungException.Failed.class);
        assertThatThrownBy(() -> Grammar.of(" ", model.handle(), model.vocabulary()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean takes(String schema, String text) {
        String gbnf = SchemaGrammar.of((Json.Obj) JsonText.parse(schema));
        try (Grammar grammar = Grammar.of(gbnf, model.handle(), model.vocabulary())) {
            for (int token : model.tokens(text)) {
                if (!grammar.allows(token)) {
                    return false;
                }
                grammar.accept(token);
            }
            return grammar.allows(model.vocabulary().endOfText());
        }
    }
}
