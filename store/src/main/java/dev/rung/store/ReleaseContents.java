package dev.rung.store;

import dev.rung.core.json.Json;
import dev.rung.core.rung.Solution;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a release's folder is to hold.
 *
 * @param artifacts where the solution's artifacts lie now, by name: exactly those that the solution names
 * @param certificate written in its canonical form, so that the file's hash is the certificate's
 * @param outcomes files of per-example outcomes, by file name
 * @param report the HTML page
 */
public record ReleaseContents(
        Solution solution,
        Map<String, Path> artifacts,
        Json.Obj certificate,
        Map<String, byte[]> outcomes,
        String report) {
    public ReleaseContents {
        artifacts = Map.copyOf(artifacts);
        outcomes = Map.copyOf(outcomes);
        if (!artifacts.keySet().equals(solution.artifacts().keySet())) {
            throw new IllegalArgumentException("the solution names the artifacts "
                    + solution.artifacts().keySet() + ", given are " + artifacts.keySet());
        }
        artifacts.keySet().forEach(ReleaseContents::checkName);
        outcomes.keySet().forEach(ReleaseContents::checkName);
    }

    Path artifact(String name) {
        return Objects.requireNonNull(artifacts.get(name), name);
    }

    private static void checkName(String name) {
        Path path = Path.of(name);
        if (name.isEmpty() || path.isAbsolute() || !path.normalize().equals(path) || path.startsWith("..")) {
            throw new IllegalArgumentException("not the name of a file inside a release: \"" + name + "\"");
        }
    }
}
