package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LoRA adapters on the real model: y = W x + scale · alpha / rank · B A x (Hu et al. 2021). */
class AdapterTest {
    private static final String MATRIX = "blk.3.ffn_up.weight";
    private static final int INPUTS = 576;
    private static final int OUTPUTS = 1536;
    private static final int RANK = 4;
    private static final float ALPHA = 8;
    private static final int[] TEXT = {504, 3575, 282, 4649, 314};

    @TempDir
    private static Path folder;

    private static LlamaModel model;

    @BeforeAll
    static void load() {
        model = LlamaModel.load(SmallModel.file());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void an_adapter_whose_b_is_zero_leaves_every_bit() throws IOException {
        Path adapter = adapter("zero.gguf", a(), new float[OUTPUTS * RANK], ALPHA);
        try (LlamaSession session = model.open(new SessionOptions(64, 1))) {
            float[] plain = session.logits(TEXT);
            session.setAdapter(adapter, 1);
            assertThat(session.logits(TEXT)).isEqualTo(plain);
        }
    }

    @Test
    void an_adapter_changes_the_scores_and_its_removal_restores_every_bit() throws IOException {
        Path adapter = adapter("some.gguf", a(), b(), ALPHA);
        try (LlamaSession session = model.open(new SessionOptions(64, 1));
                LlamaSession other = model.open(new SessionOptions(64, 1))) {
            float[] plain = session.logits(TEXT);
            session.setAdapter(adapter, 1);
            float[] adapted = session.logits(TEXT);
            assertThat(farthest(adapted, plain)).isGreaterThan(0.5);
            assertThat(other.logits(TEXT))
                    .as("another session of the same model")
                    .isEqualTo(plain);
            session.setAdapter(adapter, 0);
            assertThat(session.logits(TEXT)).isEqualTo(plain);
            session.setAdapter(adapter, 1);
            assertThat(session.logits(TEXT)).isEqualTo(adapted);
            session.clearAdapter();
            assertThat(session.logits(TEXT)).isEqualTo(plain);
        }
    }

    @Test
    void the_scale_multiplies_the_alpha_of_the_file() throws IOException {
        Path once = adapter("once.gguf", a(), b(), ALPHA);
        Path twice = adapter("twice.gguf", a(), b(), 2 * ALPHA);
        try (LlamaSession session = model.open(new SessionOptions(64, 1))) {
            session.setAdapter(once, 2);
            float[] scaled = session.logits(TEXT);
            session.setAdapter(twice, 1);
            assertThat(session.logits(TEXT)).isEqualTo(scaled);
            session.setAdapter(once, 1);
            assertThat(farthest(session.logits(TEXT), scaled)).isGreaterThan(0.5);
        }
    }

    @Test
    void an_adapter_outlives_the_growth_of_the_context() throws IOException {
        Path adapter = adapter("grown.gguf", a(), b(), ALPHA);
        int[] longer = new int[1100];
        Arrays.fill(longer, 300);
        try (LlamaSession session = model.open(SessionOptions.DEFAULT)) {
            session.setAdapter(adapter, 1);
            float[] before = session.logits(TEXT);
            session.logits(longer);
            assertThat(session.logits(TEXT)).isEqualTo(before);
        }
    }

    @Test
    void an_adapter_answers_as_the_weights_it_is_merged_into() throws IOException {
        WeightFile weights = WeightFile.open(SmallModel.file());
        float[] own = weights.read(MATRIX);
        float[] merged = own.clone();
        float[] a = a();
        float[] b = b();
        for (int row = 0; row < OUTPUTS; row++) {
            for (int column = 0; column < INPUTS; column++) {
                double sum = 0;
                for (int r = 0; r < RANK; r++) {
                    sum += (double) b[row * RANK + r] * a[r * INPUTS + column];
                }
                merged[row * INPUTS + column] += (float) (ALPHA / RANK * sum);
            }
        }
        // The matrix in 32-bit floats in both, so that neither side rounds it.
        Path plainFile = weights.copyWith(MATRIX, own, folder.resolve("plain-model.gguf"));
        Path mergedFile = weights.copyWith(MATRIX, merged, folder.resolve("merged-model.gguf"));
        Path adapter = adapter("merged.gguf", a, b, ALPHA);
        try (LlamaModel plainModel = LlamaModel.load(plainFile);
                LlamaModel mergedModel = LlamaModel.load(mergedFile);
                LlamaSession plain = plainModel.open(new SessionOptions(64, 1));
                LlamaSession whole = mergedModel.open(new SessionOptions(64, 1))) {
            float[] without = plain.logits(TEXT);
            plain.setAdapter(adapter, 1);
            float[] adapted = plain.logits(TEXT);
            float[] expected = whole.logits(TEXT);
            double effect = farthest(expected, without);
            System.out.printf(
                    "adapter against merged weights: %.4f apart, effect %.2f%n", farthest(adapted, expected), effect);
            assertThat(farthest(adapted, expected)).isLessThan(0.01 * effect);
        } finally {
            Files.delete(plainFile);
            Files.delete(mergedFile);
        }
    }

    @Test
    void an_adapter_of_another_model_or_a_broken_one_is_named() throws IOException {
        Path foreign = GgufWriter.adapter("qwen2", ALPHA)
                .with(MATRIX + ".lora_a", RANK, INPUTS, a())
                .with(MATRIX + ".lora_b", OUTPUTS, RANK, b())
                .write(folder.resolve("foreign.gguf"));
        Path narrow = GgufWriter.adapter("llama", ALPHA)
                .with(MATRIX + ".lora_a", RANK, INPUTS / 2, new float[RANK * INPUTS / 2])
                .with(MATRIX + ".lora_b", OUTPUTS, RANK, b())
                .write(folder.resolve("narrow.gguf"));
        Path unknown = GgufWriter.adapter("llama", ALPHA)
                .with("blk.99.ffn_up.weight.lora_a", RANK, INPUTS, a())
                .with("blk.99.ffn_up.weight.lora_b", OUTPUTS, RANK, b())
                .write(folder.resolve("unknown.gguf"));
        Path half = GgufWriter.adapter("llama", ALPHA)
                .with(MATRIX + ".lora_a", RANK, INPUTS, a())
                .write(folder.resolve("half.gguf"));
        byte[] whole = Files.readAllBytes(adapter("whole.gguf", a(), b(), ALPHA));
        Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length - 5000));
        Path noise = Files.writeString(folder.resolve("noise.gguf"), "GGUF and nothing that follows");
        try (LlamaSession session = model.open(new SessionOptions(64, 1))) {
            float[] plain = session.logits(TEXT);
            for (Path broken : new Path[] {foreign, narrow, unknown, half, cut, noise}) {
                assertThatThrownBy(() -> session.setAdapter(broken, 1))
                        .as(broken.toString())
                        .isInstanceOf(RungException.Corrupt.class)
                        .hasMessageContaining(broken.getFileName().toString())
                        .hasMessageMatching("(?s).*of this model: \\S.*");
                assertThat(session.logits(TEXT)).isEqualTo(plain);
            }
        }
    }

    private static Path adapter(String name, float[] a, float[] b, float alpha) throws IOException {
        return GgufWriter.adapter("llama", alpha)
                .with(MATRIX + ".lora_a", RANK, INPUTS, a)
                .with(MATRIX + ".lora_b", OUTPUTS, RANK, b)
                .write(folder.resolve(name));
    }

    private static float[] a() {
        return draw(RANK * INPUTS, 1, 0.1);
    }

    private static float[] b() {
        return draw(OUTPUTS * RANK, 2, 0.1);
    }

    private static float[] draw(int count, long seed, double deviation) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private static double farthest(float[] one, float[] other) {
        double most = 0;
        for (int i = 0; i < one.length; i++) {
            most = Math.max(most, Math.abs(one[i] - other[i]));
        }
        return most;
    }
}
