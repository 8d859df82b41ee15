package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.plan.Sample;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows that tests need, for a terminal and as JSON. Not thread-safe. */
final class PlanTable {
    private static final String TOO_MANY = "too many";

    private final String unit;
    private final Optional<Usd> labelCost;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String who, double alpha, Optional<Sample> fixed, Optional<Sample> early) {}

    /** @param unit what is counted, such as {@code rows} */
    PlanTable(String unit, Optional<Usd> labelCost) {
        this.unit = unit;
        this.labelCost = labelCost;
    }

    void add(String who, double alpha, Optional<Sample> fixed, Optional<Sample> early) {
        lines.add(new Line(who, alpha, fixed, early));
    }

    List<String> lines(int width, Paint paint) {
        Table table = new Table()
                .left("error spent on it")
                .right(unit + ", one look")
                .right(unit + ", early stop")
                .right("seen on average");
        if (labelCost.isPresent()) {
            table.right("labels cost");
        }
        for (Line line : lines) {
            List<String> cells = new ArrayList<>(List.of(
                    line.who() + ", " + percent(line.alpha()),
                    rows(line.fixed()),
                    rows(line.early()),
                    line.early()
                            .map(sample -> Figures.count(Math.round(sample.meanRows())))
                            .orElse("")));
            labelCost.ifPresent(cost -> cells.add(line.early()
                    .map(sample -> Figures.sum(cost.times(sample.rows())))
                    .orElse("")));
            table.row(cells.toArray(String[]::new));
        }
        return table.lines(width, paint);
    }

    private static String rows(Optional<Sample> sample) {
        return sample.map(found -> Figures.count(found.rows())).orElse(TOO_MANY);
    }

    static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.2f", 100 * share);
        return text.replaceFirst("\\.?0+$", "") + " %";
    }

    Json.Arr toJson() {
        return Json.array(lines.stream().map(this::toJson).toList());
    }

    private Json toJson(Line line) {
        Json.Obj json = Json.object("who", Json.of(line.who()), "alpha", Json.of(line.alpha()));
        if (line.fixed().isPresent()) {
            Sample sample = line.fixed().get();
            json = json.with("one_look", Json.object("rows", Json.of(sample.rows()), "power", Json.of(sample.power())));
        }
        if (line.early().isPresent()) {
            Sample sample = line.early().get();
            json = json.with(
                    "early_stop",
                    Json.object(
                            "rows", Json.of(sample.rows()),
                            "mean_rows", Json.of(sample.meanRows()),
                            "power", Json.of(sample.power())));
            if (labelCost.isPresent()) {
                json = json.with(
                        "label_cost",
                        Json.of(labelCost.get().times(sample.rows()).amount()));
            }
        }
        return json;
    }
}
