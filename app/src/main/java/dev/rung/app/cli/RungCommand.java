package dev.rung.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The command that all others hang from. */
@Command(
        name = "rung",
        mixinStandardHelpOptions = true,
        versionProvider = RungCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Finds, proves and serves the lowest level of AI customization that meets a task's bar.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nStart here:%n",
        footer = "  rung climb examples/support")
final class RungCommand {
    @Mixin
    private final Globals globals = new Globals();

    Globals globals() {
        return globals;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RungCommand.class.getPackage().getImplementationVersion();
            return new String[] {"rung " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
