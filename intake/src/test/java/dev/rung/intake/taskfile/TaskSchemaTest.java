package dev.rung.intake.taskfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import dev.rung.json.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The published schema and the parser say the same. */
class TaskSchemaTest {
    private static final Path ROOT = Path.of("..");
    private final Json.Obj schema = (Json.Obj) JsonText.read(ROOT.resolve("docs/schema/task.schema.json"));

    @Test
    void the_schema_knows_exactly_the_keys_that_the_parser_knows() {
        Json.Obj properties = schema.object("properties");
        assertThat(keys(schema)).containsExactlyInAnyOrderElementsOf(TaskSpec.KEYS);
        assertThat(keys(properties.object("output"))).containsExactlyInAnyOrderElementsOf(TaskSpec.Output.KEYS);
        assertThat(keys((Json.Obj) properties.object("examples").array("oneOf").get(1)))
                .containsExactlyInAnyOrderElementsOf(TaskSpec.Examples.KEYS);
        assertThat(keys(properties.object("bar"))).containsExactlyInAnyOrderElementsOf(BarReader.keys());
        assertThat(keys(properties.object("cascade"))).containsExactlyInAnyOrderElementsOf(TaskSpec.Cascade.KEYS);
        assertThat(keys(properties.object("abstain"))).containsExactlyInAnyOrderElementsOf(TaskSpec.Abstain.KEYS);
        assertThat(keys(properties.object("splits"))).containsExactlyInAnyOrderElementsOf(TaskSpec.Splits.KEYS);
        assertThat(keys(properties.object("judge"))).containsExactlyInAnyOrderElementsOf(JudgeSource.KEYS);
        assertThat(keys(properties.object("judge").object("properties").object("columns")))
                .containsExactlyInAnyOrderElementsOf(JudgeSource.COLUMN_KEYS);
        assertThat(keys(properties.object("columns"))).containsExactlyInAnyOrder("input", "output", "group");
    }

    @Test
    void every_key_is_described() {
        assertDescribed("task", schema);
    }

    @Test
    void every_shipped_example_satisfies_the_schema_and_reads_where_its_data_is_at_hand() throws IOException {
        SchemaCheck check = SchemaCheck.of(schema);
        int count = 0;
        try (Stream<Path> folders = Files.list(ROOT.resolve("examples"))) {
            for (Path task : folders.map(folder -> folder.resolve("task.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList()) {
                assertThat(check.validate(YamlDocument.read(task).json()))
                        .as(task.toString())
                        .isEmpty();
                if (!Files.readString(task).contains("${RUNG_DATA") || System.getenv("RUNG_DATA") != null) {
                    assertThat(TaskFolder.read(task).task().goal()).isNotBlank();
                }
                count++;
            }
        }
        assertThat(count).isPositive();
    }

    @Test
    void the_schema_refuses_what_the_parser_refuses() {
        SchemaCheck check = SchemaCheck.of(schema);
        String good = "task: demo\ngoal: g\noutput: { labels: [a, b] }\nexamples: m.csv\nbar: { accuracy: 0.9 }\n";
        assertThat(check.validate(YamlDocument.parse("t", good).json())).isEmpty();
        for (String wrong : List.of(
                good.replace("demo", "Demo"),
                good.replace("goal", "gaol"),
                good.replace("labels: [a, b]", "labels: [a, b], text: true"),
                good.replace("labels: [a, b]", "labels: [a]"),
                good.replace("labels: [a, b]", "text: true, out_of_scope: x"),
                good.replace("m.csv", "{ sealed: m.csv }"),
                good.replace("accuracy: 0.9", "confidence: 0.9"),
                good.replace("0.9", "95"),
                good.replace("0.9", "0.9, p95_latency: 300"),
                good.replace("0.9", "0.9, cost_per_1000: 0.2"),
                good + "data: mars\n",
                good + "volume: 12 per day\n",
                good + "cascade: { harms: 0.02 }\n",
                good + "cascade: { harm: 2 }\n",
                good + "abstain: { harm: 0.02 }\n",
                good + "abstain: { coverage: 70 }\n",
                good + "abstain: { coverage: 0.7, say: no }\n",
                good + "splits: { train: 1.0 }\n")) {
            assertThat(check.validate(YamlDocument.parse("t", wrong).json()))
                    .as(wrong)
                    .isNotEmpty();
        }
    }

    private static List<String> keys(Json.Obj schema) {
        return List.copyOf(schema.object("properties").members().keySet());
    }

    private static void assertDescribed(String key, Json.Obj schema) {
        assertThat(schema.members()).as(key).containsKey("description");
        if (schema.get("properties") instanceof Json.Obj properties) {
            properties.members().forEach((name, member) -> assertDescribed(key + "." + name, (Json.Obj) member));
        }
    }
}
