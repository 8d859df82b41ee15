package dev.rung.intake.audit;

import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the audit of a task's examples found.
 *
 * @param rows by split
 * @param labels how many rows each label has, most first; empty for tasks without labels
 * @param findings the gravest first
 * @param lengths of the inputs
 * @param languages how many rows seem to be in each, most first
 * @param outlook sentences on what would help: more labels, mended labels, a bar that can be reached
 * @param figures label noise and learning curve, where they could be estimated
 * @param notices what else a user should know: encodings, samples taken
 */
public record AuditReport(
        Map<Split, Long> rows,
        SequencedMap<String, Long> labels,
        List<Finding> findings,
        Json.Obj lengths,
        SequencedMap<String, Long> languages,
        List<String> outlook,
        Json.Obj figures,
        List<String> notices) {
    private static final int SHOWN = 50;

    public AuditReport {
        rows = Collections.unmodifiableMap(new EnumMap<>(rows));
        findings = List.copyOf(findings);
        outlook = List.copyOf(outlook);
        notices = List.copyOf(notices);
    }

    /** Returns how many rows there are in all. */
    public long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the gravest severity found, or {@link Severity#NOTE}. */
    public Severity worst() {
        return findings.stream().map(Finding::severity).max(Enum::compareTo).orElse(Severity.NOTE);
    }

    /** Returns the report as JSON; of each finding the first {@value #SHOWN} rows. */
    public Json.Obj toJson() {
        List<Json> found = new ArrayList<>();
        findings.forEach(finding -> found.add(finding.toJson(SHOWN)));
        Json.Obj bySplit = Json.object();
        for (Map.Entry<Split, Long> split : rows.entrySet()) {
            bySplit = bySplit.with(split.getKey().key(), Json.of(split.getValue()));
        }
        return Json.object("rows", bySplit, "labels", counts(labels), "findings", Json.array(found), "lengths", lengths)
                .with("languages", counts(languages))
                .with("outlook", Json.strings(outlook))
                .with("figures", figures)
                .with("notices", Json.strings(notices));
    }

    private static Json.Obj counts(Map<String, Long> counts) {
        Json.Obj json = Json.object();
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json = json.with(count.getKey(), Json.of(count.getValue()));
        }
        return json;
    }
}
