package dev.rung.models.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, since what ONNX Runtime does it does once, when it is initialised. */
final class NoTelemetryTest {
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_encoder_leaves_no_trace_for_its_maker_and_survives_a_long_command_line(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("home"));
        ProcessBuilder program = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EmbedOnce.class.getName(),
                folder.resolve("models").toString(),
                "a-long-command-line/".repeat(400)));
        program.environment().remove("ORT_DISABLE_TELEMETRY");
        program.environment().put("HOME", home.toString());
        program.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.strip()).endsWith("384");
        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
