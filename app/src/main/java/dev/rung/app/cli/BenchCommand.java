package dev.rung.app.cli;

import picocli.CommandLine.Command;

/** Measures Rung itself. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measure Rung itself: what its evidence is worth.",
        footerHeading = "%nExample:%n",
        footer = "  rung bench evidence --quick")
final class BenchCommand {}
