package dev.rung.app.report;

import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.rung.Rung;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/** Shows every candidate on its rung, what was measured, and why it fell, held or was not tried. */
final class LadderSection {
    private static final int COLUMNS = 7;

    private final ClimbSummary climb;

    LadderSection(ClimbSummary climb) {
        this.climb = climb;
    }

    Tag section() {
        Asked asked = climb.asked();
        Tag head = Tag.of("tr")
                .add(
                        column("", "rail"),
                        column("Candidate", ""),
                        column("Answered", "num"),
                        column(capital(asked.metricTitle()), "num"),
                        column(asked.latencyName() + " latency", "num"),
                        column("per 1,000", "num"),
                        column("Verdict", ""));
        Tag table = Tag.of("table", "ladder")
                .add(
                        Tag.of("caption")
                                .text("Candidates from the lowest rung up, in the order in which they were tried."
                                        + " Brackets hold " + Math.round(100 * confidence())
                                        + " % confidence intervals."),
                        Tag.of("thead").add(head));
        for (Map.Entry<Rung, List<LadderLine>> rung : byRung().entrySet()) {
            Tag body = Tag.of("tbody")
                    .add(Tag.of("tr", "rung")
                            .add(
                                    Tag.of("td", "rail"),
                                    Tag.of("th")
                                            .set("scope", "rowgroup")
                                            .set("colspan", Integer.toString(COLUMNS - 1))
                                            .add(Tag.of("b").text(rung.getKey().key()))
                                            .text(" " + rung.getKey().description())));
            for (LadderLine line : rung.getValue()) {
                body.add(
                        switch (line) {
                            case LadderLine.Tried tried -> tried(tried);
                            case LadderLine.NotTried notTried -> notTried(notTried);
                        });
            }
            table.add(body);
        }
        return Tag.of("section").set("id", "ladder").add(Tag.of("h2").text("The ladder"), table);
    }

    // Cascades are proposed after the rungs they stand on, yet belong to theirs: lines are grouped by rung, in the
    // order of the rungs.
    private Map<Rung, List<LadderLine>> byRung() {
        Map<Rung, List<LadderLine>> rungs = new TreeMap<>();
        climb.ladder()
                .forEach(line -> rungs.computeIfAbsent(line.rung(), rung -> new ArrayList<>())
                        .add(line));
        return rungs;
    }

    private double confidence() {
        return climb.tried().stream()
                .flatMap(tried -> tried.metrics().stream())
                .mapToDouble(Estimate::confidence)
                .findFirst()
                .orElse(climb.asked().confidence());
    }

    private Tag tried(LadderLine.Tried line) {
        LadderLine.Tried winner = climb.winner();
        boolean won = winner != null && winner.number() == line.number();
        return Tag.of("tr", "candidate " + cssClass(line.standing()) + (won ? " won" : ""))
                .add(
                        rail(Integer.toString(line.number())),
                        Tag.of("th")
                                .set("scope", "row")
                                .add(Tag.of("span", "name").text(line.name()), effort(line)),
                        cell("Answered", "num")
                                .text(Figures.count(line.answered()))
                                .add(Tag.of("small")
                                        .text(" of " + Figures.count(line.available()) + " " + line.split())),
                        metrics(line),
                        figure(climb.asked().latencyName() + " latency", line.latency(), LadderSection::seconds),
                        figure("per 1,000", line.cost(), LadderSection::dollars),
                        verdict(line));
    }

    private static Tag verdict(LadderLine.Tried line) {
        Tag cell = cell("Verdict", "verdict")
                .add(
                        Tag.of("strong").text(line.standing().word()),
                        Tag.of("span", "brief").text(" " + line.brief()));
        line.why().forEach(sentence -> cell.add(Tag.of("small", "why").text(sentence)));
        return cell;
    }

    private Tag notTried(LadderLine.NotTried line) {
        Tag reason = cell("", "verdict reason")
                .set("colspan", Integer.toString(COLUMNS - 2))
                .add(Tag.of("strong").text("not tried"))
                .add(Tag.of("span", "why").text(line.reason()));
        if (!line.price().isEmpty()) {
            reason.add(Tag.of("small").text("Price beforehand: " + line.price()));
        }
        return Tag.of("tr", "candidate untried")
                .add(
                        rail(""),
                        Tag.of("th")
                                .set("scope", "row")
                                .add(Tag.of("span", "name").text(line.name())),
                        reason);
    }

    private static Tag effort(LadderLine.Tried line) {
        String text = "built in " + Figures.span(line.build()) + ", tried for " + Figures.span(line.trial());
        if (line.modelCalls() > 0) {
            text += ", " + Figures.count(line.modelCalls(), "model call");
        }
        return Tag.of("small").text(text);
    }

    private Tag metrics(LadderLine.Tried line) {
        Tag cell = cell(capital(climb.asked().metricTitle()), "num");
        Estimate headline = line.metric(climb.asked().metric());
        if (headline == null || !headline.known()) {
            return cell.text("–");
        }
        cell.text(Figures.share(headline.estimate()))
                .add(Tag.of("small").text(" " + Figures.interval(headline.low(), headline.high())), spark(headline));
        for (Estimate other : line.metrics()) {
            if (!other.key().equals(headline.key()) && other.known()) {
                cell.add(Tag.of("small", "other")
                        .text(other.key().replace('_', ' ') + " " + Figures.share(other.estimate()) + " "
                                + Figures.interval(other.low(), other.high())));
            }
        }
        return cell;
    }

    // The interval on a line from 0 to 1, with the bar's floor; a picture of what the text beside it says.
    private Tag spark(Estimate estimate) {
        Scale scale = new Scale(0, 1, false, 2, 118);
        Tag drawing = Tag.of("svg", "spark")
                .set("viewBox", "0 0 120 12")
                .set("aria-hidden", "true")
                .add(Plot.line("track", 2, 6, 118, 6))
                .add(Plot.line("whisker", scale.at(estimate.low()), 6, scale.at(estimate.high()), 6))
                .add(Plot.dot("point", scale.at(estimate.estimate()), 6, 3));
        double floor = climb.asked().floor();
        return Double.isNaN(floor) ? drawing : drawing.add(Plot.line("bar", scale.at(floor), 1, scale.at(floor), 11));
    }

    private static Tag figure(String title, Estimate estimate, DoubleFunction<String> words) {
        Tag cell = cell(title, "num");
        if (!estimate.known()) {
            return cell.text("unknown");
        }
        cell.text(words.apply(estimate.estimate()));
        if (Double.isFinite(estimate.low()) && Double.isFinite(estimate.high()) && estimate.low() < estimate.high()) {
            cell.add(Tag.of("small")
                    .text(" [" + words.apply(estimate.low()) + ", " + words.apply(estimate.high()) + "]"));
        }
        return cell;
    }

    private static Tag rail(String number) {
        Tag cell = Tag.of("td", "rail");
        return number.isEmpty()
                ? cell.add(Tag.of("span", "step empty"))
                : cell.add(Tag.of("span", "step").text(number));
    }

    private static Tag cell(String title, String cssClass) {
        return Tag.of("td", cssClass).set("data-title", title);
    }

    private static Tag column(String title, String cssClass) {
        Tag cell = cssClass.isEmpty() ? Tag.of("th") : Tag.of("th", cssClass);
        cell.set("scope", "col");
        return title.isEmpty() ? cell.add(Tag.of("span", "hidden").text("Number")) : cell.text(title);
    }

    static String seconds(double seconds) {
        return Figures.time(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    static String dollars(double dollars) {
        return new Usd(BigDecimal.valueOf(dollars)).toString();
    }

    static String cssClass(LadderLine.Standing standing) {
        return switch (standing) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case OPEN -> "open";
        };
    }

    static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
