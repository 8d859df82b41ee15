package dev.rung.ladder.simulation;

import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A table of results. */
public record Grid(String title, List<String> columns, List<List<Cell>> rows) {
    public Grid {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(title + ": " + row.size() + " cells for " + columns.size());
            }
        }
    }

    /** Returns the rows as objects whose members are named by the columns. */
    public Json.Obj toJson() {
        List<Json> objects = new ArrayList<>();
        for (List<Cell> row : rows) {
            Json.Obj object = Json.object();
            for (int i = 0; i < columns.size(); i++) {
                object = object.with(columns.get(i), row.get(i).toJson());
            }
            objects.add(object);
        }
        return Json.object("title", Json.of(title), "rows", Json.array(objects));
    }
}
