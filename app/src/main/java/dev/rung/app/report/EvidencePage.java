package dev.rung.app.report;

import dev.rung.ladder.simulation.Cell;
import dev.rung.ladder.simulation.Claim;
import dev.rung.ladder.simulation.Drawing;
import dev.rung.ladder.simulation.Grid;
import dev.rung.ladder.simulation.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page about the evidence in Markdown, with its drawings beside it.
 *
 * <p>Sections that were run replace those of the same title on a page that is there already; the others stay as they are.
 */
public final class EvidencePage {
    private static final String HEADING = "## ";
    private static final String HEAD = """
            # What the evidence is worth, measured

            `./rung bench evidence` puts synthetic worlds, whose truth is known, through the code that decides real climbs, and counts how often its
            promises hold. It wrote this page and its plots. Every share and mean stands beside its own 99 % interval: Clopper-Pearson for shares,
            the normal one for means. A claim is *shown* when that whole interval agrees with it, *broken* when the whole interval contradicts
            it, and *open* in between. How the tests work and why they hold: [evidence.md](../evidence.md).
            """;

    private final Path file;

    public EvidencePage(Path file) {
        this.file = file;
    }

    /**
     * Writes one section.
     *
     * @param command that gives it again
     */
    public void write(Section section, String command) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Map<String, String> parts = Files.exists(file) ? parts(Files.readString(file)) : new LinkedHashMap<>();
            parts.put(section.title(), text(section, command));
            for (Drawing drawing : section.drawings()) {
                Files.writeString(file.resolveSibling(name(drawing)), EvidencePlot.svg(drawing));
            }
            Files.writeString(file, HEAD + "\n" + String.join("\n", parts.values()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Map<String, String> parts(String page) {
        Map<String, String> parts = new LinkedHashMap<>();
        String title = "";
        StringBuilder text = new StringBuilder();
        for (String line : page.lines().toList()) {
            if (line.startsWith(HEADING)) {
                keep(parts, title, text);
                title = line.substring(HEADING.length());
            }
            text.append(line).append('\n');
        }
        keep(parts, title, text);
        return parts;
    }

    private static void keep(Map<String, String> parts, String title, StringBuilder text) {
        if (!title.isEmpty()) {
            parts.put(title, text.toString().stripTrailing() + "\n");
        }
        text.setLength(0);
    }

    private static String text(Section section, String command) {
        StringBuilder text = new StringBuilder(HEADING + section.title() + "\n\n" + section.text() + "\n\n");
        text.append("`").append(command).append("`\n\n");
        for (Grid grid : section.grids()) {
            table(grid, text);
        }
        for (Drawing drawing : section.drawings()) {
            text.append("![")
                    .append(drawing.title())
                    .append("](")
                    .append(name(drawing))
                    .append(")\n\n");
        }
        claims(section.claims(), text);
        return text.toString();
    }

    private static String name(Drawing drawing) {
        return "evidence-" + drawing.name() + ".svg";
    }

    private static void table(Grid grid, StringBuilder text) {
        text.append("**").append(grid.title()).append("**\n\n| ");
        text.append(String.join(" | ", grid.columns())).append(" |\n|");
        text.append(" --- |".repeat(grid.columns().size())).append('\n');
        for (List<Cell> row : grid.rows()) {
            text.append(row.stream().map(Cell::text).collect(Collectors.joining(" | ", "| ", " |\n")));
        }
        text.append('\n');
    }

    // Many claims of one kind are counted; whatever is not shown is named.
    private static void claims(List<Claim> claims, StringBuilder text) {
        List<String> lines = new ArrayList<>();
        long shown = claims.stream()
                .filter(claim -> claim.state() == Claim.State.SHOWN)
                .count();
        lines.add(shown + " of " + Figures.count(claims.size(), "claim") + " shown.");
        for (Claim claim : claims) {
            if (claim.state() != Claim.State.SHOWN) {
                lines.add("- " + claim.state().word() + ": " + claim.claim() + "; found " + claim.found());
            }
        }
        text.append(String.join("\n", lines)).append('\n');
    }
}
