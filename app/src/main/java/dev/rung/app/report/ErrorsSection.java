package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows where the candidate that matters goes wrong: its confidence against its accuracy, and what it takes for what. */
final class ErrorsSection {
    private static final int MOST_PAIRS = 8;
    /** A z beyond this has a probability of 5 % where confidence is honest. */
    private static final double HONEST = 1.96;

    private final ClimbSummary climb;

    ErrorsSection(ClimbSummary climb) {
        this.climb = climb;
    }

    /** Returns the section, or null where no candidate answered anything. */
    @Nullable
    Tag section() {
        LadderLine.Tried shown = shown();
        if (shown == null) {
            return null;
        }
        Confused confused = shown.confused();
        Calibration calibration = shown.calibration();
        if (confused == null && calibration == null) {
            return null;
        }
        Tag section = Tag.of("section")
                .set("id", "errors")
                .add(
                        Tag.of("h2").text("Where it goes wrong"),
                        Tag.of("p", "lead").text("For " + shown.name() + "."));
        Tag pairs = confused == null
                ? Tag.of("div")
                : confused.pairs().isEmpty()
                        ? Tag.of("p").text("It took no label for another on " + answers(confused) + ".")
                        : Tag.of("div").add(confusions(confused));
        return section.add(
                calibration == null ? pairs : Tag.of("div", "errors").add(reliability(shown, calibration), pairs));
    }

    private static String answers(Confused confused) {
        return Figures.count(confused.answered(), "example") + " of the " + confused.split() + " split";
    }

    // The winner; else the candidate that came nearest; else the last one that was tried.
    LadderLine.@Nullable Tried shown() {
        List<LadderLine.Tried> tried = climb.tried();
        for (LadderLine.Tried one : tried) {
            if (one.number() == climb.conclusion().candidate()) {
                return one;
            }
        }
        return tried.isEmpty() ? null : tried.getLast();
    }

    private static Tag reliability(LadderLine.Tried shown, Calibration calibration) {
        return Tag.of("figure", "narrow")
                .add(
                        ReliabilityPlot.of(shown.name(), calibration),
                        Tag.of("figcaption")
                                .text("How often answers of a given confidence are right, on "
                                        + Figures.count(shown.answered(), "example")
                                        + " of the " + shown.split()
                                        + " split, in groups of equal size. On the dotted line, confidence can be taken at its word. "
                                        + error(calibration)));
    }

    private static String error(Calibration calibration) {
        Estimate error = calibration.error();
        String off = error.estimate() == 0
                ? "The distances are no larger than chance makes them; a true error above "
                        + Figures.share(error.high()) + " is unlikely"
                : "It is off by " + Figures.share(error.estimate()) + " " + Figures.interval(error.low(), error.high())
                        + " (root mean square, less what chance adds)";
        String honest = Math.abs(calibration.honesty()) <= HONEST
                ? "no sign that confidence is generally too extreme or too timid"
                : calibration.honesty() > 0
                        ? "confidence is generally too extreme, nearer to 0 or 1 than it should be"
                        : "confidence is generally too timid, nearer to one half than it should be";
        return off + "; " + honest + " (Spiegelhalter's z " + Figures.tenth(calibration.honesty())
                + "). The plain expected calibration error, chance included, is " + Figures.share(calibration.plain())
                + ".";
    }

    private static Tag confusions(Confused confused) {
        List<ConfusedPair> pairs = confused.pairs();
        Tag body = Tag.of("tbody");
        for (ConfusedPair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
            Tag inputs = Tag.of("td");
            for (ConfusedPair.Case one : pair.inputs()) {
                inputs.add(Tag.of("p", "quote")
                        .add(Tag.of("bdi").text(one.input()), Tag.of("small").text(" " + one.place())));
            }
            body.add(Tag.of("tr")
                    .add(
                            Tag.of("td", "num")
                                    .text(Figures.count(pair.count()))
                                    .add(Tag.of("small").text(" of " + Figures.count(pair.expected()))),
                            Tag.of("th").set("scope", "row").text(pair.label()),
                            Tag.of("td").text(pair.answered()),
                            inputs));
        }
        String rest =
                pairs.size() > MOST_PAIRS ? " The " + MOST_PAIRS + " most frequent of " + pairs.size() + " pairs." : "";
        return Tag.of("table", "confusions")
                .add(
                        Tag.of("caption")
                                .text("What it takes for what, on " + answers(confused)
                                        + "; examples are quoted from the tune split, since sealed ones are not shown."
                                        + rest),
                        Tag.of("thead")
                                .add(Tag.of("tr")
                                        .add(
                                                Tag.of("th", "num")
                                                        .set("scope", "col")
                                                        .text("Times"),
                                                Tag.of("th").set("scope", "col").text("Expected"),
                                                Tag.of("th").set("scope", "col").text("Answered"),
                                                Tag.of("th").set("scope", "col").text("For example"))),
                        body);
    }
}
