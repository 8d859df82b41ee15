package dev.rung.json;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Core's values as Jackson's, for libraries that speak only those. */
final class JacksonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JacksonTree() {}

    static JsonNode of(Json value) {
        return switch (value) {
            case Json.Obj(SequencedMap<String, Json> members) -> {
                ObjectNode object = NODES.objectNode();
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    object.set(member.getKey(), of(member.getValue()));
                }
                yield object;
            }
            case Json.Arr(List<Json> items) -> {
                ArrayNode array = NODES.arrayNode(items.size());
                for (Json item : items) {
                    array.add(of(item));
                }
                yield array;
            }
            case Json.Str(String text) -> NODES.stringNode(text);
            case Json.Num(BigDecimal number) ->
                number.scale() <= 0 ? NODES.numberNode(number.toBigIntegerExact()) : NODES.numberNode(number);
            case Json.Bool(boolean bool) -> NODES.booleanNode(bool);
            case Json.Nil nil -> NODES.nullNode();
        };
    }
}
