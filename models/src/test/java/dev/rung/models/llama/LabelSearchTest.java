package dev.rung.models.llama;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.RungException;
import dev.rung.core.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSearchTest {
    // The model's scores are the same bits however tokens are grouped into batches; only their sums along a label may
    // be added up otherwise.
    private static final double SUMMING = 1e-9;

    // Asked, and how messages like it were answered before: what the retrieve rung shows a model.
    private static final List<List<String>> CONVERSATIONS = List.of(
            List.of(
                    "my card went missing on the beach",
                    "card lost on holiday",
                    "someone took my card",
                    "card stolen",
                    "where is my new card",
                    "card not arrived yet",
                    "I left my card on the train in Spain"),
            List.of(
                    "why was I charged to take money out",
                    "cash withdrawal fee",
                    "the machine gave me less",
                    "cash withdrawal wrong amount",
                    "there is a withdrawal I did not make",
                    "cash withdrawal unknown",
                    "why is there a fee for the cash machine?"),
            List.of(
                    "how long does a transfer take",
                    "transfer time",
                    "my transfer has not come",
                    "transfer not received",
                    "can I stop a transfer",
                    "transfer cancelled",
                    "she still does not have the money I sent"),
            List.of(
                    "I forgot my password",
                    "password forgotten",
                    "my passcode is blocked",
                    "passcode blocked",
                    "I moved house",
                    "address change",
                    "I can not log in any more, too many tries"),
            List.of(
                    "can I add money with a card",
                    "top up by card",
                    "my top up is gone again",
                    "top up reversed",
                    "what is the most I can add",
                    "top up limit",
                    "I added money but it says pending"));

    @Test
    void the_label_found_is_the_one_that_scoring_every_label_finds() {
        try (LlamaModel model = LlamaModel.load(SmallModel.file());
                LlamaSession session = model.open(SessionOptions.DEFAULT)) {
            int searched = 0;
            int scored = 0;
            long searchTime = 0;
            long scoreTime = 0;
            for (List<String> conversation : CONVERSATIONS) {
                int[] prompt = model.prompt(messages(conversation));
                session.logits(prompt);
                Reading<LabelScores> found = session.scoreLabels(prompt, BankLabels.ALL, LabelSearch.Effort.BEST_ONLY);
                Reading<double[]> all = session.scoreEachLabel(prompt, BankLabels.ALL);
                double[] logProbabilities = all.result();
                int best = largest(logProbabilities);
                LabelScores scores = found.result();
                assertThat(scores.best()).isEqualTo(best);
                for (int i = 0; i < logProbabilities.length; i++) {
                    LabelScores.Score score = scores.labels().get(i);
                    if (score.exact()) {
                        assertThat(score.bound()).isCloseTo(logProbabilities[i], within(SUMMING));
                    } else {
                        assertThat(score.bound()).isGreaterThan(logProbabilities[i] - SUMMING);
                    }
                }
                double exact = Math.exp(logProbabilities[best])
                        / IntStream.range(0, logProbabilities.length)
                                .mapToDouble(i -> Math.exp(logProbabilities[i]))
                                .sum();
                assertThat(scores.confidence()).isLessThan(exact + SUMMING);
                searched += scores.decodedTokens();
                scored += BankLabels.ALL.stream()
                        .mapToInt(l -> model.tokens(l).length)
                        .sum();
                searchTime += found.nanoseconds();
                scoreTime += all.nanoseconds();
            }
            System.out.printf(
                    "77 labels, %d questions: search read %d tokens in %d ms, scoring each label %d tokens in %d ms%n",
                    CONVERSATIONS.size(), searched, searchTime / 1_000_000, scored, scoreTime / 1_000_000);
            assertThat(searched).isLessThan(scored / 3);
        }
    }

    @Test
    void on_the_models_own_probabilities_the_search_ends_at_the_very_label_with_the_highest() {
        try (LlamaModel model = LlamaModel.load(SmallModel.file())) {
            LabelTrie trie = LabelTrie.of(
                    BankLabels.ALL, model.vocabulary(), model.template().endOfAnswer());
            for (List<String> conversation : CONVERSATIONS) {
                int[] prompt = model.prompt(messages(conversation));
                Map<LabelTrie.Node, double[]> known = everyNode(model, prompt, trie);
                double[] exact = new double[BankLabels.ALL.size()];
                follow(trie.root(), 0, node -> requireNonNull(known.get(node)), exact);
                LabelScores found = LabelSearch.run(
                        trie,
                        requireNonNull(known.get(trie.root())),
                        LabelSearch.Effort.BEST_ONLY,
                        paths -> paths.stream()
                                .map(node -> requireNonNull(known.get(node)))
                                .toList());
                assertThat(found.best()).isEqualTo(largest(exact));
                assertThat(found.labels().get(found.best()).bound()).isEqualTo(exact[found.best()]);
                assertThat(found.decodedTokens()).isLessThan(trie.innerTokens());
            }
        }
    }

    @Test
    void searching_on_until_nothing_is_open_gives_every_label_its_exact_score() {
        try (LlamaModel model = LlamaModel.load(SmallModel.file());
                LlamaSession session = model.open(SessionOptions.DEFAULT)) {
            int[] prompt = model.prompt(messages(CONVERSATIONS.get(1)));
            LabelScores all = session.scoreLabels(prompt, BankLabels.ALL, LabelSearch.Effort.EXHAUSTIVE)
                    .result();
            double[] each = session.scoreEachLabel(prompt, BankLabels.ALL).result();
            for (int i = 0; i < each.length; i++) {
                assertThat(all.labels().get(i).exact()).isTrue();
                assertThat(all.labels().get(i).bound()).isCloseTo(each[i], within(SUMMING));
            }
            assertThat(all.labels().stream()
                            .mapToDouble(LabelScores.Score::share)
                            .sum())
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void on_made_up_probabilities_the_best_label_is_always_found_and_shares_sum_to_one() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            LabelTrie trie = new LabelTrie();
            int labels = 2 + random.nextInt(30);
            for (int i = 0; i < labels; i++) {
                int[] tokens = random.ints(2 + random.nextInt(3), 0, 4).toArray();
                tokens[0] = i;
                trie.add("label " + i, tokens, 99);
            }
            LabelSearch.Effort effort = new LabelSearch.Effort(1 + random.nextInt(8), random.nextBoolean() ? 1 : 0.3);
            long seed = random.nextLong();
            LabelScores scores = LabelSearch.run(
                    trie,
                    children(trie.root(), seed),
                    effort,
                    paths -> paths.stream().map(path -> children(path, seed)).toList());
            double[] exact = new double[labels];
            follow(trie.root(), 0, node -> children(node, seed), exact);
            int best = largest(exact);
            assertThat(scores.best()).isEqualTo(best);
            assertThat(scores.labels().stream()
                            .mapToDouble(LabelScores.Score::share)
                            .sum())
                    .isCloseTo(1, within(1e-9));
            for (int i = 0; i < labels; i++) {
                assertThat(scores.labels().get(i).bound()).isGreaterThanOrEqualTo(exact[i] - 1e-9);
            }
            double sum = IntStream.range(0, labels)
                    .mapToDouble(i -> Math.exp(exact[i]))
                    .sum();
            assertThat(scores.confidence()).isLessThanOrEqualTo(Math.exp(exact[best]) / sum + 1e-9);
        }
    }

    @Test
    void labels_that_are_the_same_to_the_model_are_refused() {
        LabelTrie trie = new LabelTrie();
        trie.add("yes", new int[] {1, 2}, 99);
        assertThatThrownBy(() -> trie.add("yes again", new int[] {1, 2}, 99))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("number 1 and number 2");
    }

    private static List<Message> messages(List<String> conversation) {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system("Name what the bank's customer writes about."));
        for (int i = 0; i < conversation.size(); i++) {
            messages.add(i % 2 == 0 ? Message.user(conversation.get(i)) : Message.assistant(conversation.get(i)));
        }
        return messages;
    }

    // Reads the whole trie once and keeps what the model says after every beginning.
    private static Map<LabelTrie.Node, double[]> everyNode(LlamaModel model, int[] prompt, LabelTrie trie) {
        Map<LabelTrie.Node, double[]> known = new HashMap<>();
        try (PromptReader reader = new PromptReader(model, SessionOptions.DEFAULT)) {
            reader.read(prompt, trie.depth(), trie.innerTokens());
            try (LabelPaths paths = new LabelPaths(reader, trie)) {
                known.put(trie.root(), paths.first(trie));
                List<LabelTrie.Node> level = inner(List.of(trie.root()));
                while (!level.isEmpty()) {
                    List<double[]> next = paths.read(level);
                    for (int i = 0; i < level.size(); i++) {
                        known.put(level.get(i), next.get(i));
                    }
                    level = inner(level);
                }
            }
        }
        return known;
    }

    private static List<LabelTrie.Node> inner(List<LabelTrie.Node> parents) {
        return parents.stream()
                .flatMap(node -> node.children().stream())
                .filter(node -> !node.isLeaf())
                .toList();
    }

    private static void follow(
            LabelTrie.Node node,
            double logProbability,
            Function<LabelTrie.Node, double[]> distribution,
            double[] exact) {
        if (node.isLeaf()) {
            exact[node.label()] = logProbability;
            return;
        }
        double[] next = distribution.apply(node);
        int i = 0;
        for (LabelTrie.Node child : node.children()) {
            follow(child, logProbability + next[i++], distribution, exact);
        }
    }

    private static int largest(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    // A distribution that depends on the path only, with some probability for tokens that lead nowhere.
    private static double[] children(LabelTrie.Node node, long seed) {
        long path = seed;
        for (LabelTrie.Node at = node; at.parent() != null; at = at.parent()) {
            path = path * 31 + at.token() + 1;
        }
        Random random = new Random(path);
        double[] weights = random.doubles(node.children().size() + 1).toArray();
        double sum = java.util.Arrays.stream(weights).sum();
        return IntStream.range(0, node.children().size())
                .mapToDouble(i -> Math.log(weights[i] / sum))
                .toArray();
    }
}
