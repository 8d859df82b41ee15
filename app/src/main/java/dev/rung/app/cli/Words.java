package dev.rung.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines. */
final class Words {
    private Words() {}

    /** Returns {@code text} in lines of at most {@code width} characters, but for words that are longer; at least one line. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
