package dev.rung.bench.engine;

import dev.rung.core.model.Message;
import dev.rung.models.llama.LabelScores;
import dev.rung.models.llama.LlamaModel;
import dev.rung.models.llama.LlamaSession;
import dev.rung.models.llama.Reading;
import dev.rung.models.llama.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Compares the label search with scoring every label, on questions of Banking77 and its 77 labels, the prompt already read.
 *
 * <p>Arguments: the model file, the folder of Banking77 with {@code train.csv} and {@code test.csv}, and how many questions, 10 by default, spread over the
 * test file. Examples shown are the training rows that share most words with the question.
 */
public final class LabelSearchSpeed {
    private static final int SHOWN = 8;

    private record Row(String text, String label) {}

    private LabelSearchSpeed() {}

    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("arguments: MODEL_FILE BANKING77_FOLDER [QUESTIONS]");
            System.exit(2);
        }
        List<Row> train = rows(Path.of(args[1], "train.csv"));
        List<Row> test = rows(Path.of(args[1], "test.csv"));
        int questions = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        List<String> labels = train.stream().map(Row::label).distinct().sorted().toList();
        try (LlamaModel model = LlamaModel.load(Path.of(args[0]));
                LlamaSession session = model.open(new SessionOptions(4096, 2))) {
            System.out.println(
                    "| prompt | questions | search: tokens a question | ms | every label: tokens | ms | times fewer tokens | times faster | same label |");
            System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            for (int shown : new int[] {0, SHOWN}) {
                compare(model, session, labels, train, test, questions, shown);
            }
        }
    }

    private static void compare(
            LlamaModel model,
            LlamaSession session,
            List<String> labels,
            List<Row> train,
            List<Row> test,
            int questions,
            int shown) {
        long searched = 0;
        long searchTime = 0;
        long scoreTime = 0;
        int same = 0;
        long scored =
                labels.stream().mapToLong(label -> model.tokens(label).length).sum();
        for (int i = 0; i < questions; i++) {
            int[] prompt =
                    model.prompt(prompt(test.get(i * test.size() / questions).text(), labels, train, shown));
            session.logits(prompt);
            Reading<LabelScores> found = session.findLabel(prompt, labels);
            Reading<double[]> each = session.scoreEachLabel(prompt, labels);
            searched += found.result().decodedTokens();
            searchTime += found.nanoseconds();
            scoreTime += each.nanoseconds();
            double[] scores = each.result();
            int best = IntStream.range(0, scores.length)
                    .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                    .orElseThrow();
            same += best == found.result().best() ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.0f | %d | %.0f | %.1f | %.1f | %d of %d |%n",
                shown == 0 ? "zero-shot, all labels named" : shown + " examples",
                questions,
                (double) searched / questions,
                searchTime / 1e6 / questions,
                scored,
                scoreTime / 1e6 / questions,
                (double) scored * questions / searched,
                (double) scoreTime / searchTime,
                same,
                questions);
    }

    private static List<Message> prompt(String question, List<String> labels, List<Row> train, int shown) {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(
                shown == 0
                        ? "Find the intent of a bank customer's message.\n\nThe possible answers are:\n- "
                                + String.join("\n- ", labels)
                        : "Find the intent of a bank customer's message."));
        List<String> words = words(question);
        train.stream()
                .sorted(Comparator.comparingDouble(row -> -(double) words(row.text()).stream()
                                .filter(words::contains)
                                .count()
                        / Math.sqrt(words(row.text()).size())))
                .limit(shown)
                .forEach(row -> {
                    messages.add(Message.user(row.text()));
                    messages.add(Message.assistant(row.label()));
                });
        messages.add(Message.user(question));
        return messages;
    }

    private static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1));
    }

    // The files quote texts with commas; the label, after the last one, has none.
    private static List<Row> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .filter(line -> line.lastIndexOf(',') > 0)
                .map(line -> new Row(
                        line.substring(0, line.lastIndexOf(',')).replaceAll("^\"|\"$", ""),
                        line.substring(line.lastIndexOf(',') + 1)))
                .toList();
    }
}
