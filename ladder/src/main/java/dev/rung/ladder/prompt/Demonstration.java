package dev.rung.ladder.prompt;

import dev.rung.core.data.Example;
import dev.rung.core.json.Json;

/** A question with its right answer, shown to a model. */
public record Demonstration(String input, String answer) {
    public static Demonstration of(Example example) {
        return new Demonstration(example.input(), example.label().text());
    }

    public Json.Obj toJson() {
        return Json.object("input", Json.of(input), "answer", Json.of(answer));
    }

    public static Demonstration fromJson(Json.Obj json) {
        return new Demonstration(json.string("input"), json.string("answer"));
    }
}
