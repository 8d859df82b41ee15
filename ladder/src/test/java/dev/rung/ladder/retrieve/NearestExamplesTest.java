package dev.rung.ladder.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.ladder.prompt.Demonstration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestExamplesTest {
    private final List<Demonstration> examples = List.of(
            new Demonstration("where is my parcel", "delivery"),
            new Demonstration("I want my money back", "refund"),
            new Demonstration("the parcel came with a broken lid", "returns"),
            new Demonstration("hello there", "none"));

    @Test
    void words_find_their_inflections_and_rare_words_weigh_more() {
        try (NearestExamples index = new NearestExamples(examples, null)) {
            assertThat(index.nearest("parcels with broken lids", 2, 0))
                    .extracting(Demonstration::answer)
                    .containsExactly("returns", "delivery");
        }
    }

    @Test
    void a_question_without_a_known_word_finds_nothing_rather_than_anything() {
        try (NearestExamples index = new NearestExamples(examples, null)) {
            assertThat(index.nearest("zzz", 3, 0)).isEmpty();
        }
    }

    @Test
    void a_question_of_many_thousand_words_and_query_syntax_is_harmless() {
        try (NearestExamples index = new NearestExamples(examples, null)) {
            String question = "parcel AND (NOT \"money\" OR field:* ~2 ^^ [ } ".repeat(2_000);
            assertThat(index.nearest(question, 4, 0)).isNotEmpty();
        }
    }

    @Test
    void the_file_of_examples_reads_back_as_it_was() {
        List<Demonstration> odd = List.of(new Demonstration("line\nbreak \"quoted\" \u2028 é", "a\tb"));
        assertThat(ExampleFile.read(ExampleFile.write(odd))).isEqualTo(odd);
    }
}
