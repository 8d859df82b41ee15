package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NgramFeaturesTest {
    private static final NgramSettings WORDS = new NgramSettings(1, 1, 0, 1, 100);

    /** Worked out by hand: three texts; "card" is in all of them, "lost" in one, "my" in two. */
    @Test
    void values_follow_the_definition_on_a_worked_example() {
        NgramFeatures features = NgramFeatures.fit(List.of("My card", "lost CARD card", "my, card!"), WORDS);
        assertThat(features.columns()).isEqualTo(3);

        double card = (1 + Math.log(2)) * (1 + Math.log(4.0 / 4));
        double lost = 1 + Math.log(4.0 / 2);
        double length = Math.sqrt(card * card + lost * lost);
        SparseRow row = features.row("lost card card");
        assertThat(row.size()).isEqualTo(2);
        assertThat(row.value(0))
                .as("card, the most frequent, has column 0")
                .isCloseTo((float) (card / length), within(1e-6f));
        assertThat(row.value(1)).isCloseTo((float) (lost / length), within(1e-6f));
    }

    @Test
    void words_and_characters_each_have_length_one() {
        NgramFeatures features =
                NgramFeatures.fit(List.of("where is my card", "my card is lost"), new NgramSettings(2, 2, 5, 1, 1000));
        SparseRow row = features.row("is my card lost?");
        double words = 0;
        double characters = 0;
        for (int i = 0; i < row.size(); i++) {
            double square = row.value(i) * row.value(i);
            if (row.column(i) < features.wordColumns()) {
                words += square;
            } else {
                characters += square;
            }
        }
        assertThat(words).isCloseTo(1, within(1e-5));
        assertThat(characters).isCloseTo(1, within(1e-5));
    }

    /** " ab " has the 2-grams " a", "ab", "b ", the 3-grams " ab", "ab " and the 4-gram " ab ". */
    @Test
    void character_grams_stay_inside_words_and_see_their_edges() {
        GramScanner scanner = new GramScanner(new NgramSettings(0, 2, 4, 1, 100));
        assertThat(hashes(scanner, "ab")).hasSize(6).doesNotHaveDuplicates();
        assertThat(hashes(scanner, "ab cd")).hasSize(12).doesNotHaveDuplicates();
        assertThat(hashes(scanner, "ab ab")).hasSize(12).hasSameElementsAs(hashes(scanner, "ab"));
    }

    @Test
    void a_word_shorter_than_the_shortest_gram_still_counts_whole() {
        GramScanner scanner = new GramScanner(new NgramSettings(0, 4, 5, 1, 100));
        assertThat(hashes(scanner, "a")).hasSize(1);
    }

    @Test
    void rare_grams_are_dropped_and_the_most_frequent_kept() {
        List<String> texts = List.of("a b", "a b", "a c", "a d");
        assertThat(NgramFeatures.fit(texts, new NgramSettings(1, 1, 0, 2, 100)).columns())
                .isEqualTo(2);
        NgramFeatures one = NgramFeatures.fit(texts, new NgramSettings(1, 1, 0, 1, 1));
        assertThat(one.row("a").size()).isEqualTo(1);
        assertThat(one.row("b").size()).isZero();
    }

    @Test
    void spelling_variants_of_one_text_have_the_same_features() {
        NgramFeatures features = NgramFeatures.fit(List.of("I haven't got it"), NgramSettings.FULL);
        assertThat(TextForm.of(" I  haven’t\tgot\nit ")).isEqualTo("i haven't got it");
        assertThat(features.row("I HAVEN’T  got it").columns).isEqualTo(features.row("I haven't got it").columns);
        assertThat(TextForm.of("ﬁne Ａ")).isEqualTo("fine a");
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NgramSettings(9, 2, 5, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new NgramSettings(1, 6, 5, 1, 1));
    }

    private static List<Long> hashes(GramScanner scanner, String form) {
        List<Long> found = new ArrayList<>();
        scanner.characters(form, found::add);
        return found;
    }
}
