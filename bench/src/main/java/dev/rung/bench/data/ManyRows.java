package dev.rung.bench.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a task of many rows, the same for a seed: twenty labels with words of their own among common ones, and in known shares what an audit looks for.
 *
 * <pre>java … dev.rung.bench.data.ManyRows FOLDER [ROWS [SEED]]
 * RUNG_HEAP=512m ./rung check FOLDER</pre>
 */
public final class ManyRows {
    private static final int LABELS = 20;
    private static final int TOPIC_WORDS = 150;
    private static final int COMMON_WORDS = 4_000;
    private static final String[] SMALL = {
        "the", "my", "is", "and", "to", "of", "not", "please", "where", "how", "can", "with"
    };
    private static final int REMEMBERED = 10_000;

    private final SplittableRandom random;
    private final List<String> common = new ArrayList<>();
    private final List<List<String>> topics = new ArrayList<>();
    private final String[] recent = new String[REMEMBERED];
    private final int[] recentLabel = new int[REMEMBERED];

    private ManyRows(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < COMMON_WORDS; i++) {
            common.add(word());
        }
        for (int label = 0; label < LABELS; label++) {
            List<String> topic = new ArrayList<>();
            for (int i = 0; i < TOPIC_WORDS; i++) {
                topic.add(word());
            }
            topics.add(topic);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("task.yaml"), """
                task: many-rows
                goal: Say which of twenty subjects a text is about.
                output: { labels: from-examples }
                examples: rows.csv
                bar: { accuracy: 0.95 }
                """);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("rows.csv"), StandardCharsets.UTF_8)) {
            new ManyRows(seed).write(rows, out);
        }
    }

    private void write(int rows, BufferedWriter out) throws IOException {
        out.write("text,label\n");
        for (int row = 0; row < rows; row++) {
            int label = random.nextInt(LABELS);
            String text = text(label);
            double kind = random.nextDouble();
            int earlier = random.nextInt(REMEMBERED);
            if (recent[earlier] != null && kind < 0.05) {
                label = recentLabel[earlier];
                text = kind < 0.02 ? recent[earlier] : recent[earlier] + " " + pick(common);
            } else if (kind < 0.055) {
                text += " write to " + word() + "@example.com";
            }
            recent[row % REMEMBERED] = text;
            recentLabel[row % REMEMBERED] = label;
            int given = random.nextDouble() < 0.01 ? random.nextInt(LABELS) : label;
            String written = random.nextDouble() < 0.0001 ? "" : "subject-" + given;
            out.write('"' + text + "\"," + written + (random.nextDouble() < 0.0001 ? ",one field too many\n" : "\n"));
        }
    }

    private String text(int label) {
        StringBuilder text = new StringBuilder(word());
        int words = 5 + random.nextInt(16);
        for (int i = 0; i < words; i++) {
            double kind = random.nextDouble();
            text.append(' ')
                    .append(
                            kind < 0.35
                                    ? SMALL[random.nextInt(SMALL.length)]
                                    : kind < 0.6 ? pick(topics.get(label)) : pick(common));
        }
        return text.toString();
    }

    // Few words are frequent and many are rare, as in any language.
    private String pick(List<String> words) {
        double u = random.nextDouble();
        return words.get((int) (words.size() * u * u));
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            word.append("bdfgklmnprstvz".charAt(random.nextInt(14))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.append("bdfgklmnprstvz".charAt(random.nextInt(14))).toString();
    }
}
