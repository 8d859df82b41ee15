package dev.rung.app.report;

import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.json.Json;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.audit.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Turns the audit of a task's examples into what a report shows of it. */
public final class AuditSummary {
    private static final int PLACES = 8;

    private AuditSummary() {}

    /** Returns what is shown of {@code audit}. */
    public static DataSummary of(AuditReport audit) {
        SequencedMap<String, Integer> splits = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            splits.put(split.key(), audit.rows().getOrDefault(split, 0L).intValue());
        }
        return new DataSummary(
                splits,
                audit.findings().stream().map(AuditSummary::finding).toList(),
                curve(audit.figures()),
                outlook(audit));
    }

    private static DataSummary.Finding finding(Finding finding) {
        DataSummary.Weight weight = switch (finding.severity()) {
            case PROBLEM -> DataSummary.Weight.FAULT;
            case WARNING -> DataSummary.Weight.WARNING;
            case NOTE -> DataSummary.Weight.NOTE;
        };
        List<String> places = new ArrayList<>();
        for (Finding.Flag row : finding.rows()) {
            // A place is where to look; that a sealed row is among them must not become a way to read it.
            if (places.size() < PLACES && row.split() != Split.SEALED) {
                ExampleId id = row.id();
                places.add(row.suggestion().isEmpty() ? id.toString() : id + " (" + row.suggestion() + ")");
            }
        }
        if (finding.count() > places.size() && !places.isEmpty()) {
            places.add("and " + Figures.count(finding.count() - places.size()) + " more");
        }
        return new DataSummary.Finding(weight, LadderSection.capital(finding.sentence()), "", places);
    }

    private static List<DataSummary.CurvePoint> curve(Json.Obj figures) {
        if (!(figures.get("learningCurve") instanceof Json.Obj curve)) {
            return List.of();
        }
        List<DataSummary.CurvePoint> points = new ArrayList<>();
        for (Json.Obj point : Fields.objects(curve, "measured")) {
            points.add(new DataSummary.CurvePoint(
                    Fields.integer(point, "rows"), Fields.number(point, "accuracy"), Double.NaN, Double.NaN, false));
        }
        for (Json.Obj forecast : Fields.objects(curve, "forecasts")) {
            Estimate accuracy = Estimate.fromJson(forecast.object("accuracy"));
            points.add(new DataSummary.CurvePoint(
                    Fields.integer(forecast, "rows"), accuracy.estimate(), accuracy.low(), accuracy.high(), true));
        }
        return points;
    }

    private static List<String> outlook(AuditReport audit) {
        List<String> sentences = new ArrayList<>();
        audit.outlook().forEach(sentence -> sentences.add(LadderSection.capital(sentence) + "."));
        sentences.addAll(audit.notices().stream().map(LadderSection::capital).toList());
        return sentences;
    }
}
