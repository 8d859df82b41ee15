package dev.rung.models.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailabilityCheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path folder;

    private final Catalog catalog = Catalog.shipped();

    @Test
    void each_reason_why_a_model_is_not_usable_says_what_to_do() throws IOException {
        AvailabilityCheck bare = check(Map.of(), Optional.empty(), TODAY);
        assertThat(reason(bare.of(entry("smollm2-135m"))))
                .isEqualTo("not pulled: rung models pull smollm2-135m (98 MB)");
        assertThat(reason(bare.of(entry("gpt-5-mini")))).isEqualTo("no key: set OPENAI_API_KEY");
        assertThat(reason(bare.of(entry("gpt-5-mini"), Residency.LOCAL)))
                .isEqualTo("the task says data: local, and it runs anywhere");
        assertThat(bare.of(entry("bge-small-en-v1.5"), Residency.LOCAL)).isEqualTo(new Availability.Usable());

        AvailabilityCheck later = check(Map.of("OPENAI_API_KEY", "k"), Optional.empty(), LocalDate.of(2026, 12, 12));
        assertThat(reason(later.of(entry("gpt-5-mini")))).isEqualTo("retired on 2026-12-11");

        Path own = Files.writeString(folder.resolve("models.yaml"), "models: {own: {file: gone.gguf, context: 8}}\n");
        assertThat(reason(bare.of(Catalog.with(own).require(new ModelId("own")))))
                .isEqualTo("no file " + folder.resolve("gone.gguf"));
    }

    @Test
    void a_key_makes_a_hosted_model_usable_up_to_its_last_day_and_an_empty_key_does_not() {
        LocalDate lastDay = LocalDate.of(2026, 12, 11);
        assertThat(check(Map.of("OPENAI_API_KEY", "k"), Optional.empty(), lastDay)
                        .of(entry("gpt-5-mini"), Residency.ANYWHERE))
                .isEqualTo(new Availability.Usable());
        assertThat(check(Map.of("OPENAI_API_KEY", " "), Optional.empty(), TODAY).of(entry("gpt-5-mini")))
                .isEqualTo(new Availability.NoKey("OPENAI_API_KEY"));
    }

    @Test
    void a_pulled_model_is_usable_unless_its_engine_cannot_run_here() throws IOException {
        Path weights = folder.resolve("models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf");
        Files.createDirectories(weights.resolveSibling("."));
        try (RandomAccessFile sparse = new RandomAccessFile(weights.toFile(), "rw")) {
            sparse.setLength(98_362_432);
        }
        assertThat(check(Map.of(), Optional.empty(), TODAY).of(entry("smollm2-135m"), Residency.LOCAL))
                .isEqualTo(new Availability.Usable());
        assertThat(reason(check(Map.of(), Optional.of("no natives for this platform"), TODAY)
                        .of(entry("smollm2-135m"))))
                .isEqualTo("no natives for this platform");
    }

    private AvailabilityCheck check(Map<String, String> environment, Optional<String> trouble, LocalDate today) {
        return new AvailabilityCheck(new ModelStore(folder.resolve("models")), environment, () -> trouble, () -> today);
    }

    private CatalogEntry entry(String id) {
        return catalog.require(new ModelId(id));
    }

    private static String reason(Availability availability) {
        return ((Availability.Unusable) availability).reason();
    }
}
