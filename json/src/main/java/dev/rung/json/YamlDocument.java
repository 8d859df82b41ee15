package dev.rung.json;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML 1.2 document as a tree whose nodes know their lines and keys.
 *
 * <p>Duplicate keys, keys that are not scalars, several documents in one file and trees that grow beyond bounds through aliases are errors. Immutable.
 */
public record YamlDocument(String source, Yaml root) {
    private static final int MAX_ALIASES = 50;

    /** Returns the document in {@code text}; {@code source} names it in errors. */
    public static YamlDocument parse(String source, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true) // found by us, to say where the first one stands
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw new RungException.WrongInput(source + ":1: found an empty file, expected YAML");
            }
            return new YamlDocument(source, new YamlTree(source).tree(root.get()));
        } catch (MarkedYamlEngineException e) {
            throw new RungException.WrongInput(
                    place(source, e.getProblemMark()) + ": found what is not YAML: " + problem(e), e);
        } catch (YamlEngineException e) {
            throw new RungException.WrongInput(source + ": found what is not YAML: " + e.getMessage(), e);
        }
    }

    /** Returns the document in {@code file}, which is UTF-8. */
    public static YamlDocument read(Path file) {
        return read(file, file.toString());
    }

    /** Returns the document in {@code file}, which is UTF-8; {@code source} names it in errors. */
    public static YamlDocument read(Path file, String source) {
        try {
            return parse(source, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new RungException.WrongInput("no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new RungException.WrongInput(
                    source + ": found bytes that are not UTF-8, expected a YAML file in UTF-8. Save it as UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Returns the document as JSON. */
    public Json json() {
        return root.json();
    }

    /** Returns the place of the node at {@code pointer} (RFC 6901), or of its nearest ancestor that is there. */
    public Yaml.Place place(String pointer) {
        Yaml node = root;
        Yaml.Place place = root.place();
        for (String name : JsonItems.names(pointer)) {
            Yaml next = child(node, name);
            if (next == null) {
                return place;
            }
            Yaml.Entry entry =
                    node instanceof Yaml.Mapping mapping ? mapping.entries().get(name) : null;
            place = entry == null ? next.place() : entry.key();
            node = next;
        }
        return place;
    }

    private static @Nullable Yaml child(Yaml node, String name) {
        return switch (node) {
            case Yaml.Mapping mapping -> mapping.get(name);
            case Yaml.Sequence(Yaml.Place place, List<Yaml> items) ->
                name.matches("[0-9]{1,9}") && Integer.parseInt(name) < items.size()
                        ? items.get(Integer.parseInt(name))
                        : null;
            case Yaml.Scalar scalar -> null;
        };
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext();
        return (context == null ? "" : context + ": ") + e.getProblem();
    }

    private static String place(String source, Optional<Mark> mark) {
        return mark.map(m -> source + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(source);
    }
}
