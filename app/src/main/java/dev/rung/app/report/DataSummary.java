package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the examples are, and what is wrong with them.
 *
 * @param splits how many examples each split has, by its name
 * @param findings of the audit, the gravest first
 * @param curve accuracy by the number of training examples; empty where it was not measured
 * @param outlook what the data say about more labels and about the best reachable accuracy, in sentences
 */
public record DataSummary(
        SequencedMap<String, Integer> splits, List<Finding> findings, List<CurvePoint> curve, List<String> outlook) {
    public DataSummary {
        splits = new LinkedHashMap<>(splits);
        findings = List.copyOf(findings);
        curve = List.copyOf(curve);
        outlook = List.copyOf(outlook);
    }

    /** How much a finding matters. */
    public enum Weight {
        NOTE,
        WARNING,
        FAULT
    }

    /** Something that the audit found, and some of the places where. */
    public record Finding(Weight weight, String title, String detail, List<String> places) {
        public Finding {
            places = List.copyOf(places);
        }
    }

    /** Accuracy with {@code rows} training examples; {@code forecast} where nobody measured it. */
    public record CurvePoint(int rows, double accuracy, double low, double high, boolean forecast) {}

    Json.Obj toJson() {
        Json.Obj sizes = Json.object();
        for (Map.Entry<String, Integer> split : splits.entrySet()) {
            sizes = sizes.with(split.getKey(), Json.of(split.getValue()));
        }
        return Json.object(
                "splits",
                sizes,
                "findings",
                Json.array(findings.stream().map(DataSummary::finding).toList()),
                "curve",
                Json.array(curve.stream().map(DataSummary::point).toList()),
                "outlook",
                Json.strings(outlook));
    }

    private static Json.Obj finding(Finding finding) {
        return Json.object(
                "weight",
                Json.of(finding.weight().name()),
                "title",
                Json.of(finding.title()),
                "detail",
                Json.of(finding.detail()),
                "places",
                Json.strings(finding.places()));
    }

    private static Json.Obj point(CurvePoint point) {
        return Json.object(
                        "rows", Json.of(point.rows()),
                        "accuracy", Json.of(point.accuracy()),
                        "low", Json.of(point.low()),
                        "high", Json.of(point.high()))
                .with("forecast", Json.of(point.forecast()));
    }

    static DataSummary fromJson(Json.Obj json) {
        SequencedMap<String, Integer> splits = new LinkedHashMap<>();
        Json.Obj sizes = json.object("splits");
        for (String split : sizes.members().keySet()) {
            splits.put(split, Fields.integer(sizes, split));
        }
        return new DataSummary(
                splits,
                Fields.objects(json, "findings").stream()
                        .map(one -> new Finding(
                                Weight.valueOf(one.string("weight")),
                                one.string("title"),
                                one.string("detail"),
                                Fields.texts(one, "places")))
                        .toList(),
                Fields.objects(json, "curve").stream()
                        .map(one -> new CurvePoint(
                                Fields.integer(one, "rows"),
                                Fields.number(one, "accuracy"),
                                Fields.number(one, "low"),
                                Fields.number(one, "high"),
                                one.bool("forecast")))
                        .toList(),
                Fields.texts(json, "outlook"));
    }

    /** Returns how many examples there are, or null where no split is known. */
    public @Nullable Integer total() {
        return splits.isEmpty()
                ? null
                : splits.values().stream().mapToInt(Integer::intValue).sum();
    }
}
