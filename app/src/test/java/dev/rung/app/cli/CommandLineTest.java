package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What all commands have in common. */
final class CommandLineTest {
    @TempDir
    private Path home;

    @Test
    void help_names_every_exit_code() {
        String help = new Terminal(home).run("--help").out();

        for (ExitCode code : ExitCode.values()) {
            assertThat(help)
                    .containsPattern(
                            "(?m)^\\s+" + code.code() + "\\s+" + code.meaning().split("[ :,]", 2)[0]);
        }
    }

    @Test
    void every_command_has_a_help_with_an_example_and_takes_json_and_home() {
        for (CommandLine command :
                CommandLineProgram.program(silent()).getSubcommands().values()) {
            String help =
                    new Terminal(home).run(command.getCommandName(), "--help").out();

            assertThat(help)
                    .contains(
                            "Example",
                            "rung " + command.getCommandName(),
                            "--json",
                            "--home",
                            command.getCommandName());
        }
    }

    @Test
    void an_unknown_command_or_option_is_wrong_input_and_the_nearest_is_named() {
        Terminal terminal = new Terminal(home);

        assertThat(terminal.run("relaeses").err()).contains("did you mean releases");
        assertThat(terminal.run("releases", "--jsn").err()).contains("did you mean --json");
        assertThat(terminal.run("relaeses").code()).isEqualTo(2);
    }

    @Test
    void a_pipe_gets_no_colours_a_terminal_does_and_NO_COLOR_wins() {
        assertThat(painted(true, Map.of())).contains("\u001b[");
        assertThat(painted(false, Map.of())).doesNotContain("\u001b[");
        assertThat(painted(true, Map.of("NO_COLOR", "1"))).doesNotContain("\u001b[");
        assertThat(painted(true, Map.of(), "--no-color")).doesNotContain("\u001b[");
    }

    @Test
    void bash_accepts_the_completion_script_and_completes_commands_with_it() throws IOException, InterruptedException {
        Path script = home.resolve("completion.bash");
        Files.writeString(script, new Terminal(home).run("completion", "bash").out());

        String completed = bash(
                "source '" + script
                        + "'; COMP_WORDS=(rung prom); COMP_CWORD=1; compopt() { :; }; _complete_rung; echo \"${COMPREPLY[@]}\"");

        assertThat(completed.strip()).isEqualTo("promote");
    }

    @Test
    void completion_as_json_is_one_document() {
        Json.Obj json = (Json.Obj) JsonText.parse(
                new Terminal(home).run("completion", "zsh", "--json").out());

        assertThat(json.string("script")).contains("bashcompinit");
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String painted(boolean terminal, Map<String, String> environment, String... more) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = Screen.of(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                environment);
        String[] arguments = new String[more.length + 1];
        System.arraycopy(more, 0, arguments, 0, more.length);
        arguments[more.length] = "no-such-command";
        CommandLineProgram.run(screen, arguments);
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Screen silent() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Screen.of(nowhere, nowhere, false, false, Map.of());
    }
}
