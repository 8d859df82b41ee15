package dev.rung.ladder.retrieve;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.ladder.prompt.Demonstration;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The labelled examples of a retrieve solution as a file: one canonical JSON object a line. */
final class ExampleFile {
    private ExampleFile() {}

    static byte[] write(List<Demonstration> examples) {
        StringBuilder text = new StringBuilder();
        for (Demonstration example : examples) {
            text.append(example.toJson().canonical()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static List<Demonstration> read(byte[] content) {
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    if (JsonText.parse(line) instanceof Json.Obj object) {
                        return Demonstration.fromJson(object);
                    }
                    throw new RungException.Corrupt(
                            RetrieveSolver.EXAMPLES + " holds a line that is not an object: " + line);
                })
                .toList();
    }
}
