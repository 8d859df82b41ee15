package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.gateway.http.Refused;
import dev.rung.json.SchemaCheck;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The check of an answer against the form that the caller asked for.
 *
 * <p>A form that the task's contract rules out is refused before anything is asked; a caller's own schema is checked on the answer, which satisfies the
 * task's schema in any case.
 */
final class FormatCheck {
    private static final FormatCheck ANYTHING = new FormatCheck(null);

    private final @Nullable SchemaCheck schema;

    private FormatCheck(@Nullable SchemaCheck schema) {
        this.schema = schema;
    }

    /** Returns the check for {@code format} on a task with this contract; a contradiction is a {@link Refused}. */
    static FormatCheck of(ResponseFormat format, OutputContract contract) {
        return switch (format) {
            case ResponseFormat.Text text -> ANYTHING;
            case ResponseFormat.JsonObject object -> {
                fields(contract);
                yield ANYTHING;
            }
            case ResponseFormat.JsonSchema(Json.Obj wanted) -> {
                Json.Obj given = fields(contract);
                if (wanted.equals(given)) {
                    yield ANYTHING;
                }
                refuseStrangers(wanted, given);
                yield new FormatCheck(CallerSchema.check(wanted));
            }
        };
    }

    /** Returns what of the caller's schema the answer does not satisfy, or null. */
    @Nullable
    String problem(Output output) {
        if (schema == null || !(output instanceof Output.Fields(Json.Obj value))) {
            return null;
        }
        List<SchemaCheck.Problem> problems = schema.validate(value);
        return problems.isEmpty()
                ? null
                : problems.stream().limit(5).map(SchemaCheck.Problem::toString).collect(Collectors.joining("; "));
    }

    private static Json.Obj fields(OutputContract contract) {
        return switch (contract) {
            case OutputContract.Fields(Json.Obj schema) -> schema;
            case OutputContract.Labels labels -> throw notJson("one of its labels");
            case OutputContract.Text text -> throw notJson("text");
        };
    }

    private static Refused notJson(String what) {
        return Refused.field(
                ResponseFormat.FIELD + ".type",
                "unsupported_value",
                "The task answers with %s, not with JSON. Ask for no format.".formatted(what));
    }

    /** Refuses a schema that requires what no answer of the task can have. */
    private static void refuseStrangers(Json.Obj wanted, Json.Obj given) {
        if (!(wanted.get("required") instanceof Json.Arr(List<Json> required))
                || !(given.get("properties") instanceof Json.Obj properties)) {
            return;
        }
        for (Json name : required) {
            if (name instanceof Json.Str(String property) && properties.get(property) == null) {
                throw Refused.field(
                        ResponseFormat.SCHEMA_FIELD,
                        "contradicts_task",
                        "The schema requires \"%s\", which the task does not give. It gives: %s."
                                .formatted(
                                        property,
                                        String.join(", ", properties.members().keySet())));
            }
        }
    }
}
