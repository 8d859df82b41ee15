package dev.rung.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rung.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The official required tests of JSON Schema 2020-12, read in place; remotes come from disk, never from the network. */
class OfficialSchemaSuiteTest {
    @Test
    void every_required_test_of_the_official_suite_passes() throws IOException {
        Path suite = suite();
        Map<String, Json> remotes = remotes(suite.resolve("remotes"));
        int count = 0;
        List<String> failed = new ArrayList<>();
        for (Path file : jsonFiles(suite.resolve("tests/draft2020-12"))) {
            for (Json group : ((Json.Arr) JsonText.read(file)).items()) {
                Json.Obj caseGroup = (Json.Obj) group;
                SchemaCheck check = SchemaCheck.of(caseGroup.require("schema"), remotes);
                for (Json test : caseGroup.array("tests")) {
                    count++;
                    Json.Obj single = (Json.Obj) test;
                    if (check.validate(single.require("data")).isEmpty() != single.bool("valid")) {
                        failed.add(file.getFileName() + " | " + caseGroup.string("description") + " | "
                                + single.string("description"));
                    }
                }
            }
        }
        System.out.println(
                "JSON Schema 2020-12, official required tests: " + (count - failed.size()) + " of " + count + " pass");
        assertThat(count).isGreaterThanOrEqualTo(1_299);
        assertThat(failed).isEmpty();
    }

    private static Path suite() {
        String data = System.getenv("RUNG_DATA");
        Path folder = Path.of(data == null ? "../../shared/data" : data).resolve("json-schema-2020-12");
        if (!Files.isDirectory(folder)) {
            if (System.getenv("CI") != null) {
                throw new AssertionError(
                        "the official tests must be there in CI: set RUNG_DATA; looked in " + folder.toAbsolutePath());
            }
            System.err.println(
                    "SKIPPED: no official JSON Schema tests at " + folder.toAbsolutePath() + "; set RUNG_DATA");
            abort("no data");
        }
        return folder;
    }

    private static List<Path> jsonFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().contains("/optional/"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Json> remotes(Path folder) throws IOException {
        Map<String, Json> remotes = new HashMap<>();
        for (Path file : jsonFiles(folder)) {
            remotes.put(
                    "http://localhost:1234/"
                            + folder.relativize(file).toString().replace('\\', '/'),
                    JsonText.read(file));
        }
        return remotes;
    }
}
