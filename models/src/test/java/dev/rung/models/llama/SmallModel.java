package dev.rung.models.llama;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real model that the tests of this package run on: SmolLM2-135M-Instruct, where the catalog puts it. */
final class SmallModel {
    private SmallModel() {}

    /** Returns the weights' file; where it is missing the test is skipped with a message, but on CI it fails. */
    static Path file() {
        String folder = System.getenv("RUNG_MODELS");
        Path models =
                folder == null ? Path.of(System.getProperty("user.home"), ".cache", "rung", "models") : Path.of(folder);
        Path file = models.resolve("smollm2-135m").resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
        if (!Files.isReadable(file)) {
            String message = "NOT TESTED: no model at " + file + "; fetch it with ./rung models pull smollm2-135m";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            System.err.println(message);
            assumeTrue(false, message);
        }
        return file;
    }
}
