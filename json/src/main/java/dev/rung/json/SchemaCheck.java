package dev.rung.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A compiled JSON Schema (draft 2020-12).
 *
 * <p>References resolve inside the schema and among the documents given beside it; nothing is ever fetched. Thread-safe.
 */
public final class SchemaCheck {
    private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();

    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /**
     * Something in a value that the schema does not allow.
     *
     * @param pointer to the part of the value, as a JSON Pointer
     * @param keyword of the schema that is not met, such as {@code required}
     * @param message what is wrong, for people
     */
    public record Problem(String pointer, String keyword, String message) {
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "" : pointer + ": ") + message;
        }
    }

    /** Returns the check for {@code schema}; {@code format} is an annotation, as the standard has it. A schema that is none is a {@link RungException.WrongInput}. */
    public static SchemaCheck of(Json schema) {
        return compile(schema, Map.of(), false);
    }

    /** Returns the check for {@code schema}, which may refer to {@code others} by their keys, which are absolute URIs. */
    public static SchemaCheck of(Json schema, Map<String, Json> others) {
        return compile(schema, others, false);
    }

    /** Returns the check for {@code schema}, under which strings must also be of the {@code format} that it names, such as {@code date}. */
    public static SchemaCheck withFormats(Json schema) {
        return compile(schema, Map.of(), true);
    }

    /** Returns what is wrong with {@code value}; empty when it satisfies the schema. */
    public List<Problem> validate(Json value) {
        return problems(schema.validate(JacksonTree.of(value)));
    }

    private static SchemaCheck compile(Json schema, Map<String, Json> others, boolean formats) {
        if (!(schema instanceof Json.Obj) && !(schema instanceof Json.Bool)) {
            throw new RungException.WrongInput("found " + schema + ", expected a JSON Schema, which is an object");
        }
        Map<String, String> documents = new HashMap<>();
        others.forEach((uri, document) -> documents.put(uri, document.compact()));
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(documents)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .locale(Locale.ENGLISH)
                                .formatAssertionsEnabled(formats)
                                .build()));
        try {
            if (!(schema instanceof Json.Obj object)
                    || !(object.get("$schema") instanceof Json.Str dialect)
                    || dialect.value().equals(DIALECT)) {
                checkAgainstMetaSchema(registry, schema);
            }
            Schema compiled = registry.getSchema(JacksonTree.of(schema));
            compiled.initializeValidators();
            return new SchemaCheck(compiled);
        } catch (SchemaException e) {
            throw new RungException.WrongInput(
                    "found a JSON Schema that cannot be used: " + e.getMessage()
                            + ". References must stay inside the document; nothing is fetched",
                    e);
        }
    }

    private static void checkAgainstMetaSchema(SchemaRegistry registry, Json schema) {
        List<Problem> problems =
                problems(registry.getSchema(SchemaLocation.of(DIALECT)).validate(JacksonTree.of(schema)));
        if (!problems.isEmpty()) {
            throw new RungException.WrongInput("found what is not a JSON Schema of draft 2020-12: "
                    + problems.stream().limit(5).map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }

    private static List<Problem> problems(List<Error> errors) {
        List<Problem> problems = new ArrayList<>(errors.size());
        for (Error error : errors) {
            problems.add(new Problem(error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage()));
        }
        return problems;
    }
}
