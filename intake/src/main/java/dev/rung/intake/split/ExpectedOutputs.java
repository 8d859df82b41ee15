package dev.rung.intake.split;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import dev.rung.json.spec.NearestWord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a file says is expected into an output of the task's kind. Thread-safe. */
public final class ExpectedOutputs {
    private final OutputContract contract;
    private final @Nullable SchemaCheck check;

    public ExpectedOutputs(OutputContract contract) {
        this.contract = contract;
        this.check = contract instanceof OutputContract.Fields(Json.Obj schema) ? SchemaCheck.of(schema) : null;
    }

    /** An output, or why there is none. */
    public sealed interface Reading {}

    /** An output that satisfies the contract. */
    public record Good(Output output) implements Reading {}

    /** Why what the file says does not satisfy the contract. */
    public record Bad(String message) implements Reading {}

    /** Returns the output that {@code expected} stands for. */
    public Reading read(Json expected) {
        return switch (contract) {
            case OutputContract.Labels labels -> label(labels, text(expected).strip());
            case OutputContract.Fields fields -> fields(expected);
            case OutputContract.Text text -> new Good(new Output.Text(text(expected)));
        };
    }

    private static Reading label(OutputContract.Labels labels, String name) {
        Map<String, String> known = labels.descriptions();
        if (known.containsKey(name)) {
            return new Good(new Output.Label(name));
        }
        String nearest = NearestWord.of(name, known.keySet());
        String brief = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        return new Bad("found the label \"" + brief + "\", expected one of the task's " + known.size() + " labels. "
                + (nearest == null
                        ? "Add it to output.labels or correct the rows"
                        : "Did you mean \"" + nearest + "\"?"));
    }

    private Reading fields(Json expected) {
        Json value = expected;
        if (expected instanceof Json.Str(String written)) {
            try {
                value = JsonText.parse(written, "the expected output");
            } catch (RungException.WrongInput e) {
                return new Bad("found what is not JSON: " + e.getMessage());
            }
        }
        if (!(value instanceof Json.Obj object) || check == null) {
            return new Bad(
                    "found an expected output that is not a JSON object, expected a record of the task's fields");
        }
        List<SchemaCheck.Problem> problems = check.validate(object);
        return problems.isEmpty()
                ? new Good(new Output.Fields(object))
                : new Bad("the expected output does not satisfy the schema: " + problems.getFirst());
    }

    private static String text(Json expected) {
        return expected instanceof Json.Str(String text) ? text : expected.compact();
    }
}
