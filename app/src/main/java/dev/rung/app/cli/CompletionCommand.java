package dev.rung.app.cli;

import dev.rung.core.json.Json;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete Rung's commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print shell completion for bash or zsh.",
        footerHeading = "%nExample:%n",
        footer = "  source <(rung completion bash)")
final class CompletionCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "SHELL", defaultValue = "bash", description = "${COMPLETION-CANDIDATES} (default: bash)")
    private Shell shell = Shell.bash;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    CompletionCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    /** The shells, named as their users do. */
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("rung", spec.root().commandLine())
                + "\ncomplete -F _complete_rung -o default ./rung\n";
        if (shell == Shell.zsh) {
            script = "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + script;
        }
        if (globals.json()) {
            script = Json.object("shell", Json.of(shell.name()), "script", Json.of(script))
                            .compact() + "\n";
        }
        screen.out().print(script);
        screen.out().flush();
        return ExitCode.MET.code();
    }
}
