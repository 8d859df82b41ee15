package dev.rung.ladder.promise;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.evidence.promise.CalibrationRow;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Promise;
import dev.rung.ladder.certificate.PromiseFile;
import dev.rung.ladder.climb.Calibrated;
import dev.rung.ladder.climb.Site;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a student may answer by itself: its answers to the half of the calibrate split that it has learned nothing from, and the threshold that follows.
 *
 * @param student as its confidence was set on the other half
 * @param rows the artifact with the answers
 */
public record StudentPromise(Solver student, Derivation derivation, Sha256 rows) {
    /**
     * What is promised of a student.
     *
     * @param kept in figures
     * @param harm what happens to at most so many of all questions, such as {@code answered wrongly}
     * @param needless what it means when no threshold is needed, after "so"
     */
    public record Terms(Promise kept, String harm, String needless) {}

    /**
     * Asks the student and derives the threshold; harm is an answer that the headline metric calls wrong.
     *
     * @throws RungException.Unavailable if no threshold keeps the promise, or none is needed
     */
    public static StudentPromise of(Site site, Solver tried, Terms terms) {
        Metric headline = Metric.of(site.task().output()).getFirst();
        Solver student = tried instanceof Calibrated whole ? whole.calibratedOn(site.calibrateConfidence()) : tried;
        List<Example> rows = site.calibrateThreshold();
        List<Outcome> outcomes = new ArrayList<>();
        List<CalibrationRow> calibration = new ArrayList<>();
        for (Example row : rows) {
            site.progress().at("deriving the student's threshold", outcomes.size(), rows.size());
            Answer answer = student.answer(row.input());
            Outcome outcome = new Outcome(
                    row.id(),
                    row.cluster(),
                    row.label(),
                    answer.output(),
                    answer.confidence(),
                    Scoring.score(site.task().output(), row.label(), answer.output()),
                    answer.time(),
                    answer.price());
            outcomes.add(outcome);
            boolean wrong = outcome.scores().getOrDefault(headline, 0.0) < 1;
            calibration.add(new CalibrationRow(outcome.cluster(), outcome.confidence(), wrong));
        }
        Derivation derivation = new Derivation(terms.kept(), RiskCoverage.of(calibration));
        if (derivation.threshold().isEmpty()) {
            throw new RungException.Unavailable(tooFew(site, derivation, terms));
        }
        if (derivation.acceptsAll()) {
            throw new RungException.Unavailable("the student keeps the promise (" + words(terms)
                    + ") on every question by itself, so " + terms.needless());
        }
        return new StudentPromise(student, derivation, site.artifacts().keep(PromiseFile.write(outcomes)));
    }

    private static String tooFew(Site site, Derivation derivation, Terms terms) {
        int rows = derivation.curve().rows();
        int whole = site.calibrate().size();
        String found = "no threshold is proved to keep the promise (" + words(terms) + ") by " + rows
                + " questions, the half of the calibrate split that its confidence was not set on; ";
        OptionalInt needed = derivation.rowsNeeded();
        return needed.isEmpty()
                ? found + "no number of them would prove one, since the student is too often wrong where it is surest"
                : found + "about " + needed.getAsInt() + " would be needed, a calibrate split of "
                        + Math.round(Math.ceil((double) needed.getAsInt() * whole / Math.max(1, rows)));
    }

    private static String words(Terms terms) {
        return "at most " + percent(terms.kept().harm()) + " of all questions " + terms.harm() + ", with "
                + percent(terms.kept().confidence()) + " confidence";
    }

    private static String percent(double rate) {
        return BigDecimal.valueOf(rate).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
