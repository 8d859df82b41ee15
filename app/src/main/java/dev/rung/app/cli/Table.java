package dev.rung.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines with aligned columns, for a terminal or a pipe; the last column is wrapped to the width. Not thread-safe. */
final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST_LAST = 24;

    private final List<Column> columns = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    private record Column(String title, boolean right) {}

    /** A text and how it is painted once its width is counted; one that spans takes all the room to the right. */
    record Cell(String text, UnaryOperator<String> paint, boolean spans) {
        Cell(String text, UnaryOperator<String> paint) {
            this(text, paint, false);
        }

        static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }

        static Cell spanning(String text, UnaryOperator<String> paint) {
            return new Cell(text, paint, true);
        }
    }

    Table left(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    Table right(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /** Adds a line; cells that are missing at its end are empty. */
    void row(Cell... cells) {
        rows.add(List.of(cells));
    }

    /** Adds a line; cells that are missing at its end are empty. */
    void row(String... cells) {
        List<Cell> line = new ArrayList<>();
        for (String cell : cells) {
            line.add(Cell.of(cell));
        }
        rows.add(line);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the lines, none wider than {@code width} unless the columns before the last leave no room. */
    List<String> lines(int width, Paint paint) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        List<Cell> head = new ArrayList<>();
        for (Column column : columns) {
            head.add(new Cell(column.title(), paint::dim));
        }
        if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
            append(head, widths, width, lines);
        }
        rows.forEach(row -> append(row, widths, width, lines));
        return lines;
    }

    /** Returns how wide the columns before the last one are, with the gap after them. */
    int before() {
        int[] widths = widths();
        int used = 0;
        for (int i = 0; i < widths.length - 1; i++) {
            used += widths[i] + GAP.length();
        }
        return used;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = length(columns.get(i).title());
            for (List<Cell> row : rows) {
                boolean counts = i < row.size() && !row.get(i).spans();
                widths[i] = counts ? Math.max(widths[i], length(row.get(i).text())) : widths[i];
            }
        }
        return widths;
    }

    private void append(List<Cell> row, int[] widths, int width, List<String> lines) {
        StringBuilder line = new StringBuilder();
        int used = 0;
        int last = columns.size() - 1;
        for (int i = 0; i < last; i++) {
            Cell cell = i < row.size() ? row.get(i) : Cell.of("");
            if (cell.spans()) {
                wrap(cell, line.toString(), used, width, lines);
                return;
            }
            String room = " ".repeat(widths[i] - length(cell.text()));
            String painted = cell.paint().apply(cell.text());
            line.append(columns.get(i).right() ? room + painted : painted + room)
                    .append(GAP);
            used += widths[i] + GAP.length();
        }
        Cell cell = last < row.size() ? row.get(last) : Cell.of("");
        if (columns.get(last).right()) {
            line.append(" ".repeat(widths[last] - length(cell.text())))
                    .append(cell.paint().apply(cell.text()));
            lines.add(line.toString().stripTrailing());
            return;
        }
        wrap(cell, line.toString(), used, width, lines);
    }

    private static void wrap(Cell cell, String before, int used, int width, List<String> lines) {
        List<String> parts = Words.wrap(cell.text(), Math.max(NARROWEST_LAST, width - used));
        lines.add((before + cell.paint().apply(parts.getFirst())).stripTrailing());
        for (String part : parts.subList(1, parts.size())) {
            lines.add(" ".repeat(used) + cell.paint().apply(part));
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
