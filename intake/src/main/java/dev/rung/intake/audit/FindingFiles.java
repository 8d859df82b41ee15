package dev.rung.intake.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Findings as CSV files, one a kind, to be worked through in a spreadsheet. */
public final class FindingFiles {
    private FindingFiles() {}

    /** Writes one file for each finding with rows into {@code folder}, and returns them. */
    public static List<Path> write(AuditReport report, Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Finding finding : report.findings()) {
                if (!finding.rows().isEmpty()) {
                    Path file = folder.resolve(finding.kind() + ".csv");
                    write(finding, file);
                    files.add(file);
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write findings into " + folder, e);
        }
    }

    private static void write(Finding finding, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("file,line,split,label,suggestion,text\r\n");
            for (Finding.Flag row : finding.rows()) {
                out.write(quoted(row.id().source()) + "," + row.id().line() + ","
                        + row.splitKey() + "," + quoted(row.label()) + "," + quoted(row.suggestion()) + ","
                        + quoted(row.text()) + "\r\n");
            }
        }
    }

    // A cell that a spreadsheet would take for a formula is given a leading apostrophe, as spreadsheets themselves do.
    private static String quoted(String cell) {
        boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + cell.replace("\"", "\"\"") + '"';
    }
}
