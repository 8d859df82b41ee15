package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.TaskName;
import dev.rung.json.JsonText;
import dev.rung.store.Ledger;
import dev.rung.store.ReleaseContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about releases, on a real ledger. */
final class ReleaseCommandsTest {
    @TempDir
    private Path home;

    private Terminal terminal = new Terminal(Path.of("."));

    @BeforeEach
    void open_a_terminal() {
        terminal = new Terminal(home);
    }

    @Test
    void promote_and_rollback_change_what_is_in_force_and_releases_shows_it() {
        publish("first");
        publish("second");

        assertThat(terminal.run("promote", "routing-1").code()).isZero();
        assertThat(terminal.run("promote", "routing-2").out())
                .contains("routing-2 answers for routing, in place of routing-1");
        assertThat(inForce()).isEqualTo("routing-2");
        assertThat(terminal.run("rollback", "routing").out())
                .contains("routing-1 answers for routing, in place of routing-2");
        assertThat(inForce()).isEqualTo("routing-1");

        Terminal.Run none = terminal.run("rollback", "routing");
        assertThat(none.code()).isEqualTo(ExitCode.WRONG_INPUT.code());
        assertThat(none.err()).startsWith("error: nothing to roll back to");
    }

    @Test
    void a_release_that_there_is_not_is_wrong_input_and_the_message_names_those_there_are() {
        publish("first");

        Terminal.Run run = terminal.run("promote", "routing-9");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no release routing-9", "routing-1");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void looking_at_a_folder_without_a_ledger_makes_none() {
        Path empty = home.resolve("empty");

        Terminal.Run run = new Terminal(empty).run("releases");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("rung climb");
        assertThat(Files.exists(empty)).isFalse();
    }

    private String inForce() {
        Json.Obj json = (Json.Obj)
                JsonText.parse(terminal.run("releases", "routing", "--json").out());
        return json.array("releases").stream()
                .map(Json.Obj.class::cast)
                .filter(release -> release.bool("in_force"))
                .map(release -> release.string("release"))
                .findFirst()
                .orElse("none");
    }

    private Release publish(String name) {
        Solution solution =
                new Solution(Rung.PROMPT, name, "prompt", Json.object("name", Json.of(name)), new LinkedHashMap<>());
        try (Ledger ledger = Ledger.open(home)) {
            return ledger.releases()
                    .publish(
                            new TaskName("routing"),
                            id -> new ReleaseContents(
                                    solution,
                                    Map.of(),
                                    Json.object("release", Json.of(id.value())),
                                    Map.of(),
                                    "<!DOCTYPE html>"));
        }
    }
}
