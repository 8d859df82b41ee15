package dev.rung.json;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the parser's nodes into our tree, within bounds: aliases are copied, so a small file could ask for a huge tree. */
final class YamlTree {
    private static final int MAX_NODES = 1_000_000;
    private static final int MAX_DEPTH = 200;

    private final String source;
    private int nodes;

    YamlTree(String source) {
        this.source = source;
    }

    Yaml tree(Node root) {
        return tree(root, "", 0);
    }

    private Yaml tree(Node node, String path, int depth) {
        Yaml.Place place = place(node, path);
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new RungException.WrongInput(place + ": found a document of more than " + MAX_NODES + " values or "
                    + MAX_DEPTH + " levels. Use fewer aliases");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, place, depth);
            case SequenceNode sequence -> {
                List<Yaml> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(tree(item, path + "[" + items.size() + "]", depth + 1));
                }
                yield new Yaml.Sequence(place, items);
            }
            case ScalarNode scalar -> new Yaml.Scalar(place, scalar.getValue(), value(scalar, place));
            case AnchorNode anchor -> tree(anchor.getRealNode(), path, depth + 1);
            default -> throw new IllegalStateException("the parser has no other kinds of node: " + node.getNodeType());
        };
    }

    private Yaml mapping(MappingNode mapping, Yaml.Place place, int depth) {
        SequencedMap<String, Yaml.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new RungException.WrongInput(place(tuple.getKeyNode(), place.path())
                        + ": found a key that is a list or a map, expected a word");
            }
            String name = key.getValue();
            Yaml.Place keyPlace = place(key, place.path().isEmpty() ? name : place.path() + "." + name);
            Yaml.Entry first = entries.get(name);
            if (first != null) {
                throw new RungException.WrongInput(keyPlace + ": found this key a second time (first on line "
                        + first.key().line() + "), expected each key once. Delete one of them");
            }
            entries.put(name, new Yaml.Entry(keyPlace, tree(tuple.getValueNode(), keyPlace.path(), depth + 1)));
        }
        return new Yaml.Mapping(place, entries);
    }

    private Yaml.Place place(Node node, String path) {
        return node.getStartMark()
                .map(mark -> new Yaml.Place(source, mark.getLine() + 1, mark.getColumn() + 1, path))
                .orElseGet(() -> new Yaml.Place(source, 1, 1, path));
    }

    private static Json value(ScalarNode scalar, Yaml.Place place) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.NULL)) {
            return Json.Nil.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Json.of(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, place);
        }
        if (tag.equals(Tag.STR)) {
            return Json.of(text);
        }
        throw new RungException.WrongInput(
                place + ": found the tag " + tag + ", expected a plain value. Remove the tag");
    }

    private static Json number(String text, Yaml.Place place) {
        if (text.startsWith("0x")) {
            return Json.of(new BigDecimal(new BigInteger(text.substring(2), 16)));
        }
        if (text.startsWith("0o")) {
            return Json.of(new BigDecimal(new BigInteger(text.substring(2), 8)));
        }
        if (text.endsWith("inf") || text.endsWith("Inf") || text.endsWith("INF") || text.equalsIgnoreCase(".nan")) {
            return Json.of(text);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (text.length() <= JsonText.MAX_NUMBER_LENGTH
                    && Math.abs((long) number.scale()) <= JsonText.MAX_EXPONENT) {
                return Json.of(number);
            }
        } catch (NumberFormatException e) {
            // an explicit !!int or !!float tag on something else
        }
        throw new RungException.WrongInput(place + ": found "
                + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + ", expected a number of ordinary size");
    }
}
