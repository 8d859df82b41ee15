package dev.rung.ladder.compare;

import dev.rung.core.data.ExampleId;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;

/** A row that one of two releases answers better than the other. */
public record Flip(ExampleId example, Output expected, Output incumbent, Output candidate) {
    static Flip of(Outcome incumbent, Outcome candidate) {
        return new Flip(candidate.example(), candidate.expected(), incumbent.output(), candidate.output());
    }

    Json.Obj toJson() {
        return Json.object(
                "row", Json.of(example.toString()),
                "expected", expected.toJson(),
                "incumbent", incumbent.toJson(),
                "candidate", candidate.toJson());
    }
}
