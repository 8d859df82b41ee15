package dev.rung.models.catalog;

import dev.rung.core.RungException;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import dev.rung.json.Yaml;
import dev.rung.json.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of models that satisfies the schema.
 *
 * @param folder that relative paths in the file start from
 */
record CatalogFile(Path folder, SequencedMap<String, Yaml.Entry> models, Yaml.@Nullable Mapping machine) {
    private static final Pattern UNKNOWN_KEY = Pattern.compile("property '([^']+)'");

    static CatalogFile shipped() {
        return of(YamlDocument.parse("catalog.yaml", resource("catalog.yaml")), Path.of(""));
    }

    static CatalogFile read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return of(YamlDocument.read(file), folder == null ? Path.of("") : folder);
    }

    private static CatalogFile of(YamlDocument document, Path folder) {
        List<SchemaCheck.Problem> problems =
                SchemaCheck.of(JsonText.parse(resource("catalog.schema.json"))).validate(document.json());
        if (!problems.isEmpty()) {
            throw new RungException.WrongInput(String.join(
                            "\n",
                            problems.stream().map(p -> describe(document, p)).toList())
                    + "\ndocs/schema/catalog.schema.json says what can be written");
        }
        SequencedMap<String, Yaml.Entry> models = new LinkedHashMap<>();
        if (document.root() instanceof Yaml.Mapping root) {
            if (root.get("models") instanceof Yaml.Mapping entries) {
                models.putAll(entries.entries());
            }
            return new CatalogFile(folder, models, root.get("machine") instanceof Yaml.Mapping m ? m : null);
        }
        throw new IllegalStateException("the schema lets no other document through");
    }

    private static String describe(YamlDocument document, SchemaCheck.Problem problem) {
        Matcher unknown = UNKNOWN_KEY.matcher(problem.message());
        boolean key = problem.keyword().equals("additionalProperties") && unknown.find();
        String pointer = key ? problem.pointer() + "/" + unknown.group(1) : problem.pointer();
        return document.place(pointer) + ": " + (key ? "no such key here" : problem.message());
    }

    private static String resource(String name) {
        try (InputStream in = CatalogFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
