package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team does with releases over time, through the command line, with real students on a small task. */
final class ReleasePracticeTest {
    private static final List<String> LABELS = List.of("billing", "delivery", "returns");
    private static final List<List<String>> WORDS = List.of(
            List.of("invoice", "charged", "card", "refund", "voucher"),
            List.of("parcel", "courier", "tracking", "late", "doorstep"),
            List.of("broken", "exchange", "wrong", "size", "faulty"));

    @TempDir
    private Path folder;

    private Path task = Path.of(".");
    private Terminal terminal = new Terminal(Path.of("."));

    @BeforeEach
    void write_a_task() throws IOException {
        terminal = new Terminal(folder.resolve("home"));
        task = Files.createDirectories(folder.resolve("task"));
        bar("accuracy: 0.60");
        // The first training set knows three words of five a label, so that its release fails some rows for a reason.
        Files.writeString(task.resolve("train.csv"), rows("train", 90, 3, 1));
        Files.writeString(task.resolve("tune.csv"), rows("tune", 60, 5, 2));
        Files.writeString(task.resolve("calibrate.csv"), rows("calibrate", 60, 5, 3));
        Files.writeString(task.resolve("sealed.csv"), rows("sealed", 240, 5, 4));
    }

    @Test
    void a_second_climb_on_equal_data_names_the_release_that_is_there_and_draws_nothing() {
        Json.Obj first = climb(0);
        Json.Obj again = climb(0);

        assertThat(first.string("release")).isEqualTo("sorting-1");
        assertThat(first.bool("release_is_new")).isTrue();
        assertThat(again.string("release")).isEqualTo("sorting-1");
        assertThat(again.bool("release_is_new")).isFalse();
        assertThat(json("releases", "--json").array("releases")).hasSize(1);
        assertThat(json("budget", "sorting", "--json").array("attempts")).hasSize(1);
    }

    @Test
    void a_replay_asks_the_certified_questions_again_and_refuses_other_examples() throws IOException {
        climb(0);
        Terminal.Run replayed = terminal.run("verify-certificate", "sorting-1", "--replay", "--json");
        assertThat(replayed.code()).isZero();
        assertThat(((Json.Obj) JsonText.parse(replayed.out()))
                        .array("checks").stream()
                                .map(Json.Obj.class::cast)
                                .filter(check -> check.string("name").equals("replay"))
                                .map(check -> check.string("detail")))
                .containsExactly("240 answers are the same");

        Files.writeString(task.resolve("sealed.csv"), rows("sealed", 240, 5, 5));
        Terminal.Run other = terminal.run("verify-certificate", "sorting-1", "--replay=" + task);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("found sealed examples with the hash", "Restore the examples");
    }

    @Test
    void a_used_sealed_set_that_grows_or_is_labelled_anew_goes_on_with_its_budget() throws IOException {
        climb(0);
        Files.writeString(
                task.resolve("sealed.csv"),
                rows("sealed", 240, 5, 4).replace(",returns", ",delivery")
                        + rows("more", 60, 5, 6).replaceFirst("text,label\n", ""));
        Json.Obj grown = json("budget", task.toString(), "--json");
        assertThat(grown.number("left").doubleValue()).isEqualTo(0.025);
        assertThat(grown.object("sealed").number("rows").intValueExact()).isEqualTo(300);
        assertThat(grown.object("sealed").number("opened").intValueExact()).isEqualTo(240);

        Files.writeString(task.resolve("sealed.csv"), rows("fresh", 200, 5, 7));
        Json.Obj fresh = json("budget", task.toString(), "--json");
        assertThat(fresh.number("left").doubleValue()).isEqualTo(0.05);
        assertThat(fresh.array("attempts")).isEmpty();
    }

    @Test
    void releases_are_compared_and_what_was_mended_stays_mended() throws IOException {
        climb(0);
        String weak = Files.readString(task.resolve("train.csv"));
        Files.writeString(
                task.resolve("train.csv"), weak + rows("taught", 200, 5, 8).replaceFirst("text,label\n", ""));
        assertThat(climb(0).string("release")).isEqualTo("sorting-2");

        Json.Obj comparison =
                json("compare", "sorting-1", "sorting-2", "--json").object("comparison");
        int gains = comparison.array("gains").size();
        assertThat(gains).isGreaterThan(comparison.array("losses").size() + 10);
        assertThat(comparison.object("result").string("verdict")).isEqualTo("NOT WORSE");
        assertThat(comparison.object("result").bool("better")).isTrue();
        assertThat(terminal.run("compare", "sorting-2", "sorting-1").out())
                .contains("WORSE", "worse on " + gains + " rows");

        Json.Obj kept = json(
                "regressions",
                task.toString(),
                "--keep",
                "rare words",
                "--failed",
                "sorting-1",
                "--mended",
                "sorting-2",
                "--json");
        assertThat(kept.number("added").intValueExact()).isEqualTo(gains);
        assertThat(kept.number("set_aside").intValueExact()).isGreaterThanOrEqualTo(gains);
        assertThat(kept.number("sealed_rows").intValueExact()).isLessThanOrEqualTo(240 - gains);

        Json.Obj third = climb(0);
        assertThat(third.string("release")).as("on fewer sealed rows").isEqualTo("sorting-3");
        assertThat(checks("sorting-3")).contains("regression set rare words: every row is right");
        assertThat(json("budget", "sorting", "--json").array("attempts"))
                .as("rows that were opened keep their draws")
                .hasSize(3);

        Files.writeString(task.resolve("train.csv"), weak);
        Json.Obj relapsed = climb(3);
        assertThat(relapsed.array("candidates").toString()).contains("regression set rare words");
        assertThat(relapsed.array("missing").toString()).contains("was mended once, and ");

        bar("accuracy: 0.60\nwaivers: { regressions: { rare words: we no longer sell these } }");
        assertThat(climb(0).string("release")).isEqualTo("sorting-4");
        assertThat(checks("sorting-4")).contains("regression set rare words: waived: \"we no longer sell these\"");
    }

    @Test
    void rows_that_nobody_labelled_are_labelled_by_the_release_in_force_and_only_learned_from() throws IOException {
        StringBuilder unlabelled = new StringBuilder();
        rows("nobody", 300, 5, 9)
                .lines()
                .skip(1)
                .forEach(line ->
                        unlabelled.append(line, 0, line.lastIndexOf(',')).append('\n'));
        Files.writeString(task.resolve("unlabelled.txt"), unlabelled);
        bar("accuracy: 0.60");
        Files.writeString(
                task.resolve("task.yaml"),
                Files.readString(task.resolve("task.yaml"))
                        .replace("sealed: sealed.csv }", "sealed: sealed.csv, unlabelled: unlabelled.txt }"));

        assertThat(climb(0).string("release")).isEqualTo("sorting-1");
        assertThat(climb(0).string("release")).isEqualTo("sorting-2");

        Json.Obj recipe = file("sorting-2", "solution.json").object("recipe");
        Json.Obj origin = recipe.object("taught_by");
        assertThat(origin.string("release")).isEqualTo("sorting-1");
        assertThat(origin.string("solution"))
                .isEqualTo(file("sorting-1", "certificate.json").string("winner"));
        assertThat(origin.number("labelled").intValueExact()).isBetween(50, 299);
        assertThat(file("sorting-1", "solution.json").object("recipe").get("taught_by"))
                .isNull();
        assertThat(file("sorting-2", "certificate.json").object("data"))
                .as("train, tune, calibrate and sealed are what people labelled")
                .isEqualTo(file("sorting-1", "certificate.json").object("data"));
        Json.Obj comparison =
                json("compare", "sorting-1", "sorting-2", "--json").object("comparison");
        assertThat(comparison.array("gains").size())
                .isGreaterThan(comparison.array("losses").size());
        assertThat(terminal.run("verify-certificate", "sorting-2", "--replay").code())
                .as("the taught student reads back as it was")
                .isZero();
    }

    private Json.Obj file(String release, String name) {
        return (Json.Obj) JsonText.read(
                folder.resolve("home").resolve("releases").resolve(release).resolve(name));
    }

    @Test
    void a_release_in_force_is_what_the_next_one_is_compared_with() throws IOException {
        climb(0);
        bar("accuracy: 0.60\n  not_worse_than_incumbent: 0.05");
        assertThat(climb(0).string("release"))
                .as("no worse than itself, under a new claim")
                .isEqualTo("sorting-2");
        assertThat(checks("sorting-2"))
                .anyMatch(check -> check.startsWith("comparison of outcomes/") && check.endsWith("NOT WORSE"));
        assertThat(json("budget", "sorting", "--json").array("attempts")).hasSize(2);

        bar("accuracy: 0.60\n  not_worse_than_incumbent: 0.05\nincumbent: sorting-9");
        Terminal.Run missing = terminal.run("climb", task.toString(), "--offline");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("no release sorting-9; there are sorting-1, sorting-2");
    }

    private List<String> checks(String release) {
        Terminal.Run run = terminal.run("verify-certificate", release, "--json");
        assertThat(run.code()).as(run.out()).isZero();
        return ((Json.Obj) JsonText.parse(run.out()))
                .array("checks").stream()
                        .map(Json.Obj.class::cast)
                        .map(check -> check.string("name") + ": " + check.string("detail"))
                        .toList();
    }

    private Json.Obj climb(int code) {
        Terminal.Run run = terminal.run("climb", task.toString(), "--offline", "--json");
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(code);
        return (Json.Obj) JsonText.parse(run.out());
    }

    private Json.Obj json(String... arguments) {
        Terminal.Run run = terminal.run(arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return (Json.Obj) JsonText.parse(run.out());
    }

    private void bar(String bar) throws IOException {
        Files.writeString(task.resolve("task.yaml"), """
            task: sorting
            goal: Sort the mail.
            output:
              labels: { billing: "", delivery: "", returns: "" }
            examples: { train: train.csv, tune: tune.csv, calibrate: calibrate.csv, sealed: sealed.csv }
            data: local
            models: [gpt-5-nano] # which may not see local data: no model is asked
            bar:
              %s
            """.formatted(bar));
    }

    /** Rows of two words of their label, out of the first {@code words}, and one word that says nothing. */
    private static String rows(String kind, int count, int words, long seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(LABELS.size());
            rows.append(Long.toString(random.nextLong() >>> 1, 36));
            for (int word = 0; word < 2; word++) {
                rows.append(' ').append(WORDS.get(label).get(random.nextInt(words)));
            }
            rows.append(' ').append(kind.charAt(0)).append(Long.toString(random.nextLong() >>> 1, 36));
            rows.append(',').append(LABELS.get(label)).append('\n');
        }
        return rows.toString();
    }
}
