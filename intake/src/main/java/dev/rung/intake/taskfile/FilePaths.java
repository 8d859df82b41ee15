package dev.rung.intake.taskfile;

import dev.rung.intake.examples.ExampleFile;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.NearestWord;
import dev.rung.json.spec.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks up the paths of a task file: relative to its folder, with {@code ${NAME:-default}} taken from the environment. */
final class FilePaths {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems;

    FilePaths(Path folder, Map<String, String> environment, Problems problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    /** Returns the example file that {@code written} names, or null with a problem. */
    @Nullable
    ExampleFile examples(Located<String> written) {
        int hash = written.value().indexOf('#');
        String path = hash < 0 ? written.value() : written.value().substring(0, hash);
        String pointer = hash < 0 ? null : written.value().substring(hash + 1);
        if (pointer != null && !pointer.isEmpty() && !pointer.startsWith("/")) {
            problems.add(
                    written.place(),
                    "#" + pointer,
                    "a JSON Pointer behind #, which begins with /",
                    "Did you mean #/" + pointer + "?");
            return null;
        }
        Path file = existing(new Located<>(path, written.place()));
        if (file == null) {
            return null;
        }
        if (!Files.isRegularFile(file)) {
            problems.add(written.place(), "the folder " + path, "a file of examples", "Name the file in it");
            return null;
        }
        return new ExampleFile(file, portableName(path), pointer);
    }

    /** Returns the file or folder that {@code written} names, or null with a problem when it is not there. */
    @Nullable
    Path existing(Located<String> written) {
        Path path = path(written);
        if (path == null || Files.exists(path)) {
            return path;
        }
        String nearest = nearestSibling(path);
        problems.add(
                written.place(),
                "no file " + path,
                "one there",
                nearest == null
                        ? "Check the path; it is relative to the task's folder"
                        : "Did you mean \"" + nearest + "\"?");
        return null;
    }

    private @Nullable Path path(Located<String> written) {
        Matcher matcher = VARIABLE.matcher(written.value());
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            if (value != null && !value.isEmpty()) {
                // A relative path in the environment is meant from where the user stands, not from the task's folder.
                value = matcher.start() == 0
                        ? Path.of(value).toAbsolutePath().normalize().toString()
                        : value;
            } else if (matcher.group(2) != null) {
                value = matcher.group(2);
            } else {
                problems.add(
                        written.place(),
                        "the environment variable " + matcher.group(1) + " unset",
                        "it set, or a default",
                        "Set it, or write ${" + matcher.group(1) + ":-some/folder}");
                return null;
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(text);
        try {
            return folder.resolve(text.toString()).normalize();
        } catch (InvalidPathException e) {
            problems.add(written.place(), "the path \"" + text + "\"", "one that this system allows", "Correct it");
            return null;
        }
    }

    // Names go into hashes and reports, so they must not depend on the machine: variables stay variables.
    private static String portableName(String path) {
        return VARIABLE.matcher(path).replaceAll("\\$$1");
    }

    private static @Nullable String nearestSibling(Path path) {
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null || !Files.isDirectory(parent)) {
            return null;
        }
        try (Stream<Path> files = Files.list(parent)) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
            return NearestWord.of(name.toString(), names);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
    }
}
