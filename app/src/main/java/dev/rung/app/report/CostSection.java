package dev.rung.app.report;

import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.util.List;

/** Shows what each candidate would cost a month at the task's volume, had it been taken. */
final class CostSection {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final int MONTHS = 12;

    private final ClimbSummary climb;

    CostSection(ClimbSummary climb) {
        this.climb = climb;
    }

    Tag section() {
        Long volume = climb.asked().volume();
        Tag section = Tag.of("section").set("id", "cost").add(Tag.of("h2").text("What it would cost"));
        if (volume == null) {
            return section.add(Tag.of("p")
                    .text("The task file names no volume, so there is no sum to show; add a line such as"
                            + " “volume: 120k/month” to see it here."));
        }
        List<LadderLine.Tried> priced =
                climb.tried().stream().filter(line -> line.cost().known()).toList();
        double most = priced.stream()
                .mapToDouble(line -> line.cost().estimate())
                .max()
                .orElse(0);
        Tag body = Tag.of("tbody");
        climb.tried().forEach(line -> body.add(row(line, volume, most)));
        section.add(Tag.of("table", "cost")
                .add(
                        Tag.of("caption")
                                .text("At " + Figures.count(volume)
                                        + " requests a month, by what each candidate was measured to cost an answer."
                                        + " Answers only: labels, people, idle machines and redundancy are not in it."),
                        Tag.of("thead")
                                .add(Tag.of("tr")
                                        .add(
                                                head("Candidate", ""),
                                                head("Verdict", ""),
                                                head("per 1,000", "num"),
                                                head("a month", "num"),
                                                head("a year", "num"),
                                                head("", "barcell"))),
                        body));
        return section;
    }

    private static Tag row(LadderLine.Tried line, long volume, double most) {
        Tag row = Tag.of("tr", LadderSection.cssClass(line.standing()))
                .add(
                        Tag.of("th")
                                .set("scope", "row")
                                .add(Tag.of("span", "ref").text(Integer.toString(line.number())))
                                .text(" " + line.rung().key() + ": " + line.name()),
                        Tag.of("td", "verdict")
                                .add(Tag.of("strong").text(line.standing().word())));
        if (!line.cost().known()) {
            String why = line.unpriced() == null ? "unknown" : "unknown: " + line.unpriced();
            return row.add(Tag.of("td").set("colspan", "4").text(why));
        }
        Usd month = new Usd(BigDecimal.valueOf(line.cost().estimate())
                .multiply(BigDecimal.valueOf(volume))
                .divide(THOUSAND));
        Scale scale = new Scale(0, Math.max(most, 1e-12), false, 0, 200);
        return row.add(
                Tag.of("td", "num").text(LadderSection.dollars(line.cost().estimate())),
                Tag.of("td", "num").text(Figures.sum(month)),
                Tag.of("td", "num").text(Figures.sum(month.times(MONTHS))),
                Tag.of("td", "barcell")
                        .set("aria-hidden", "true")
                        .add(Tag.of("svg", "amount")
                                .set("viewBox", "0 0 200 12")
                                .set("preserveAspectRatio", "none")
                                .add(Plot.box(
                                        "amount",
                                        0,
                                        1,
                                        Math.max(1.5, scale.at(line.cost().estimate())),
                                        10))));
    }

    private static Tag head(String title, String cssClass) {
        Tag cell = (cssClass.isEmpty() ? Tag.of("th") : Tag.of("th", cssClass)).set("scope", "col");
        return title.isEmpty() ? cell.add(Tag.of("span", "hidden").text("Compared")) : cell.text(title);
    }
}
