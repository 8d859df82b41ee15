package dev.rung.intake.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final String[] WORDS =
            "order parcel refund card where late broken invoice cancel change address return delivery password account charge twice missing wrong size please help today again"
                    .split(" ");

    @Test
    void texts_that_differ_in_case_space_and_punctuation_are_the_same() {
        assertThat(NormalText.of("  Hello,\tWORLD!! ﬁne ")).isEqualTo("hello world fine");
        assertThat(NormalText.of("???")).isEqualTo("???").isNotEqualTo(NormalText.of("!!!"));
        assertThat(NormalText.of("注文した、商品")).isEqualTo("注文した 商品");
    }

    @Test
    void every_near_duplicate_pair_that_brute_force_finds_is_found_but_for_one_in_a_hundred() {
        List<String> texts = texts(3_000, 7);
        NearDuplicates duplicates = new NearDuplicates();
        texts.forEach(duplicates::add);
        TreeSet<Long> found = new TreeSet<>();
        duplicates.find(texts::get, (row, earlier) -> found.add(((long) row << 32) | earlier));
        List<long[]> grams = texts.stream()
                .map(text -> NormalText.grams(NormalText.of(text)))
                .toList();
        int expected = 0;
        int missed = 0;
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean firsts = duplicates.first(i) == i && duplicates.first(j) == j;
                boolean near = firsts && NormalText.jaccard(grams.get(i), grams.get(j)) >= NearDuplicates.SIMILAR;
                expected += near ? 1 : 0;
                missed += near && !found.contains(((long) i << 32) | j) ? 1 : 0;
                assertThat(found.contains(((long) i << 32) | j) && !near).isFalse();
            }
        }
        assertThat(expected).isGreaterThan(100);
        assertThat(missed).isLessThanOrEqualTo(expected / 100);
    }

    @Test
    void rows_added_at_the_end_never_move_an_old_row_to_another_cluster() {
        for (int seed = 0; seed < 20; seed++) {
            List<String> texts = texts(400, seed);
            List<String> groups = groups(400, seed);
            List<String> before = List.of();
            for (int size = 50; size <= 400; size += 50) {
                List<String> names = names(texts.subList(0, size), groups);
                assertThat(names.subList(0, before.size()))
                        .as("seed %d, %d rows", seed, size)
                        .isEqualTo(before);
                before = names;
            }
        }
    }

    @Test
    void equal_texts_are_in_one_cluster_whatever_the_order() {
        List<String> texts = new ArrayList<>(List.of(
                "Where is my parcel?", "cancel the order please", "where is my PARCEL", "something else entirely"));
        String name = names(texts, List.of()).get(0);
        assertThat(names(texts, List.of()).get(2)).isEqualTo(name);
        assertThat(names(texts.reversed(), List.of()))
                .containsExactly(names(texts, List.of()).reversed().toArray(String[]::new));
    }

    @Test
    void a_row_that_ties_two_old_clusters_joins_the_older_and_the_tie_is_reported() {
        String a = "please tell me when the parcel with my new winter boots is going to arrive";
        String between = "please tell me when the parcel with my new winter boots is going to arrive today or";
        String b = "please tell me when the parcel with my new winter boots is going to arrive today or tomorrow";
        List<String> old = names(List.of(a, b), List.of());
        assertThat(old.get(0)).isNotEqualTo(old.get(1));
        NearDuplicates duplicates = new NearDuplicates();
        List<String> texts = List.of(a, b, between);
        texts.forEach(duplicates::add);
        Clusters clusters = Clusters.of(duplicates, texts::get, row -> null);
        assertThat(List.of(clusters.name(0), clusters.name(1), clusters.name(2)))
                .containsExactly(old.get(0), old.get(1), old.get(0));
        List<String> bridges = new ArrayList<>();
        clusters.bridges((row, earlier) -> bridges.add(row + "-" + earlier));
        assertThat(bridges).containsExactly("2-1");
    }

    @Test
    void rows_of_one_group_are_in_one_cluster() {
        List<String> names = names(
                List.of("one thing", "another matter", "a third question", "one more"),
                List.of("t1", "t2", "t1", "t2"));
        assertThat(names.get(0)).isEqualTo(names.get(2)).isNotEqualTo(names.get(1));
        assertThat(names.get(1)).isEqualTo(names.get(3));
    }

    private static List<String> names(List<String> texts, List<String> groups) {
        NearDuplicates duplicates = new NearDuplicates();
        texts.forEach(duplicates::add);
        Clusters clusters = Clusters.of(
                duplicates,
                texts::get,
                row -> row < groups.size() && !groups.get(row).isEmpty() ? groups.get(row) : null);
        List<String> names = new ArrayList<>();
        for (int row = 0; row < texts.size(); row++) {
            names.add(clusters.name(row));
        }
        return names;
    }

    /** Returns texts of which some repeat, or change by a letter or a word, an earlier one. */
    private static List<String> texts(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            String text;
            if (texts.size() > 10 && random.nextInt(3) == 0) {
                text = texts.get(random.nextInt(texts.size()));
                int at = random.nextInt(text.length());
                text = switch (random.nextInt(4)) {
                    case 0 -> text.toUpperCase(java.util.Locale.ROOT) + "!";
                    case 1 -> text.substring(0, at) + "x" + text.substring(at);
                    case 2 -> text + " " + WORDS[random.nextInt(WORDS.length)];
                    default -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1)) + "e";
                };
            } else {
                StringBuilder words = new StringBuilder();
                int length = 4 + random.nextInt(14);
                for (int i = 0; i < length; i++) {
                    words.append(words.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
                }
                text = words.toString();
            }
            texts.add(text);
        }
        return texts;
    }

    private static List<String> groups(int count, long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        List<String> groups = new ArrayList<>();
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int group = random.nextInt(400);
            groups.add(group < 60 ? names.computeIfAbsent(group, g -> "g" + g) : "");
        }
        return groups;
    }
}
