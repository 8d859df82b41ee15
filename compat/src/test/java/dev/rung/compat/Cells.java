package dev.rung.compat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The outcomes of the cells that ran in this process, and the tables that they make. Thread-safe. */
final class Cells {
    static final String PASSES = "passes";

    /** What neither side has to offer. */
    static final String NONE = "–";

    static final String FAILS = "FAILS";

    private static final Map<Cell, String> OUTCOMES = new ConcurrentHashMap<>();

    private Cells() {}

    /** One cell; {@code table} is a heading. */
    record Cell(String table, String row, String column) {}

    static void record(Cell cell, String outcome) {
        OUTCOMES.put(cell, outcome);
    }

    static int count() {
        return OUTCOMES.size();
    }

    /** Runs the check of a cell, and records what came of it. */
    static void run(Cell cell, String outcome, Check check) throws Exception {
        OUTCOMES.put(cell, FAILS);
        check.run();
        OUTCOMES.put(cell, outcome);
    }

    /** What a cell must show. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }

    /** Returns the tables in Markdown, with rows and columns in the order given; what did not run is empty. */
    static String markdown(List<String> tables, String corner, List<String> rows, List<String> columns) {
        StringBuilder out = new StringBuilder();
        for (String table : tables) {
            Set<String> present = new LinkedHashSet<>(rows);
            present.removeIf(
                    row -> columns.stream().noneMatch(column -> OUTCOMES.containsKey(new Cell(table, row, column))));
            if (present.isEmpty()) {
                continue;
            }
            out.append("### ").append(table).append("\n\n");
            line(out, corner, columns);
            line(out, "---", columns.stream().map(column -> "---").toList());
            for (String row : present) {
                List<String> cells = new ArrayList<>();
                columns.forEach(column -> cells.add(OUTCOMES.getOrDefault(new Cell(table, row, column), "")));
                line(out, row, cells);
            }
            out.append("\n");
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String first, List<String> rest) {
        out.append("| ").append(first);
        rest.forEach(cell -> out.append(" | ").append(cell));
        out.append(" |\n");
    }
}
