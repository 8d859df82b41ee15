package dev.rung.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.economics.Pricing;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.SavedEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real encoder from the jar. */
class BgeSmallEncoderTest {
    private static final Path CACHE = Path.of("target", "encoder-cache");
    private static final Pricing UNPRICED = new Pricing.Unpriced("a test");
    private static final String LATE = "My card has not arrived yet.";
    private static final String WAITING = "I'm still waiting for the card you sent me";
    private static final String RATE = "What is the exchange rate for euros?";

    private static BgeSmallEncoder encoder;

    @BeforeAll
    static void load() {
        encoder = BgeSmallEncoder.load(CACHE, 2, UNPRICED);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    /**
     * Reference: the same file under Python's onnxruntime 1.31.1 and tokenizers. Instruction sets round 8-bit products
     * differently, hence the tolerance.
     */
    @Test
    void vectors_equal_those_of_the_python_runtime() {
        float[] late = {-0.05181087f, -0.01242868f, 0.07685801f, 0.01359659f, -0.00794964f, -0.06090178f};
        float[] rate = {-0.04002505f, -0.04826747f, -0.00292294f, -0.02119232f, 0.00381805f, -0.05794806f};
        assertThat(Arrays.copyOf(encoder.embed(LATE), 6)).containsExactly(late, within(0.01f));
        assertThat(Arrays.copyOf(encoder.embed(RATE), 6)).containsExactly(rate, within(0.01f));
        assertThat(cosine(encoder.embed(LATE), encoder.embed(WAITING))).isCloseTo(0.888, within(0.01));
        assertThat(cosine(encoder.embed(LATE), encoder.embed(RATE))).isCloseTo(0.465, within(0.02));
    }

    @Test
    void a_vector_has_length_one_and_the_stated_number_of_dimensions() {
        float[] vector = encoder.embed("x");
        assertThat(vector).hasSize(encoder.dimensions());
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
        assertThat(encoder.embed("")).hasSize(encoder.dimensions());
        assertThat(encoder.embed("word ".repeat(2_000))).hasSize(encoder.dimensions());
    }

    @Test
    void features_are_the_vector_and_the_mean_over_the_tokens_from_one_pass() {
        float[] features = encoder.features(LATE);
        float[] mean = Arrays.copyOfRange(features, encoder.dimensions(), features.length);
        assertThat(features).hasSize(2 * encoder.dimensions()).startsWith(encoder.embed(LATE));
        assertThat(cosine(mean, mean)).isCloseTo(1, within(1e-5));
        assertThat(mean).isNotEqualTo(encoder.embed(LATE));
        assertThat(Arrays.copyOfRange(encoder.features(""), encoder.dimensions(), 2 * encoder.dimensions()))
                .containsOnly(0f);
    }

    @Test
    void a_text_has_the_same_vector_alone_and_in_any_company() {
        List<String> texts = new ArrayList<>(List.of(LATE, WAITING, RATE, LATE));
        for (int i = 0; i < 20; i++) {
            texts.add("filler " + "and more ".repeat(i));
        }
        List<float[]> together = encoder.embed(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i)).containsExactly(encoder.embed(texts.get(i)));
        }
    }

    @Test
    void the_kept_model_gives_the_same_vectors_and_a_damaged_one_is_made_again() throws IOException {
        float[] before = encoder.embed(LATE);
        Path kept = kept();
        byte[] bytes = Files.readAllBytes(kept);
        try (Encoder again = BgeSmallEncoder.load(CACHE, 1, UNPRICED)) {
            assertThat(cosine(again.embed(LATE), before)).isGreaterThan(0.9999);
        }
        bytes[bytes.length / 2] ^= 1;
        Files.write(kept, bytes);
        try (Encoder mended = BgeSmallEncoder.load(CACHE, 1, UNPRICED)) {
            assertThat(cosine(mended.embed(LATE), before)).isGreaterThan(0.9999);
            assertThat(Files.readAllBytes(kept())).isNotEqualTo(bytes);
        }
    }

    @Test
    void a_text_once_embedded_is_not_computed_again() {
        List<List<String>> computed = new ArrayList<>();
        SavedEmbeddings saved = new EmbeddingsInMemory();
        Encoder counting = new CountingEncoder(encoder, computed);
        Encoder cached = new CachedEncoder(counting, saved);
        List<float[]> first = cached.embed(List.of(LATE, RATE, LATE));
        List<float[]> second = cached.embed(List.of(WAITING, RATE, LATE));
        assertThat(computed).containsExactly(List.of(LATE, RATE), List.of(WAITING));
        assertThat(first.get(0)).containsExactly(first.get(2)).containsExactly(second.get(2));
        assertThat(second.get(1)).containsExactly(encoder.embed(RATE));
        assertThat(cached.features(LATE)).containsExactly(encoder.features(LATE));
        assertThat(computed).hasSize(2);
    }

    private static Path kept() throws IOException {
        try (Stream<Path> files = Files.list(CACHE)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
