package dev.rung.json;

import dev.rung.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes JSON for people: two spaces a level; an array of scalars stays on one line while it is short. */
final class Pretty {
    private static final int LINE = 100;

    private Pretty() {}

    static String print(Json value) {
        StringBuilder text = new StringBuilder();
        write(value, text, 0);
        return text.toString();
    }

    private static void write(Json value, StringBuilder to, int level) {
        switch (value) {
            case Json.Obj(SequencedMap<String, Json> members) -> {
                if (members.isEmpty()) {
                    to.append("{}");
                    return;
                }
                String separator = "{";
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    indent(to.append(separator), level + 1)
                            .append(Json.of(member.getKey()))
                            .append(": ");
                    write(member.getValue(), to, level + 1);
                    separator = ",";
                }
                indent(to, level).append('}');
            }
            case Json.Arr(List<Json> items) -> {
                if (items.stream().noneMatch(item -> item instanceof Json.Obj || item instanceof Json.Arr)) {
                    String line = value.compact();
                    if (line.length() + 2 * level <= LINE) {
                        to.append(line);
                        return;
                    }
                }
                String separator = "[";
                for (Json item : items) {
                    indent(to.append(separator), level + 1);
                    write(item, to, level + 1);
                    separator = ",";
                }
                indent(to, level).append(']');
            }
            case Json.Str scalar -> to.append(scalar.compact());
            case Json.Num scalar -> to.append(scalar.compact());
            case Json.Bool scalar -> to.append(scalar.compact());
            case Json.Nil scalar -> to.append(scalar.compact());
        }
    }

    private static StringBuilder indent(StringBuilder to, int level) {
        return to.append('\n').repeat("  ", level);
    }
}
