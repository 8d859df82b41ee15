package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.ExampleId;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Rung;
import dev.rung.ladder.certificate.Verification.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what holds between the trials of a climb: the error budget, the order of tests, the sealed rows and the winner. */
record ClimbCheck(Json.Obj certificate, List<SavedTrial> trials) {
    private static final double ROUNDING = 1e-12;

    List<Check> check() {
        return List.of(
                check("error budget", budget(), "no more was drawn than there was, one draw a trial"),
                check("order of tests", order(), trials.size() + " trials"),
                check("sealed rows", sealedRows(), "opened in one order, and counted"),
                check("winner", winner(), "the first candidate that passed on sealed rows"));
    }

    private static Check check(String name, @Nullable String fault, String otherwise) {
        return new Check(name, fault == null, fault == null ? otherwise : fault);
    }

    private List<SavedTrial> sealedTrials() {
        return trials.stream().filter(SavedTrial::sealed).toList();
    }

    private @Nullable String budget() {
        Json.Obj budget = certificate.object("budget");
        double total = budget.number("total").doubleValue();
        double confidence =
                certificate.object("task").object("bar").number("confidence").doubleValue();
        if (Math.abs(total - (1 - confidence)) > ROUNDING) {
            return "the total is " + total + ", the bar's confidence leaves " + (1 - confidence);
        }
        double left = total;
        int order = 0;
        List<Draw> draws = draws();
        for (Draw draw : draws) {
            order++;
            if (draw.order() != order || draw.alpha() > left + ROUNDING) {
                return "draw " + order + " is " + draw + ", when " + left + " was left";
            }
            left -= draw.alpha();
        }
        if (Math.abs(left - budget.number("left").doubleValue()) > ROUNDING) {
            return "left is " + left + ", certified " + budget.number("left");
        }
        Set<Draw> used = new HashSet<>();
        for (SavedTrial trial : sealedTrials()) {
            Draw draw = trial.draw();
            if (draw == null || !draws.contains(draw) || draw.alpha() != trial.alpha() || !used.add(draw)) {
                return trial.file() + " was tested at " + trial.alpha() + ", with the draw " + draw;
            }
        }
        return null;
    }

    private List<Draw> draws() {
        List<Draw> draws = new ArrayList<>();
        for (Json draw : certificate.object("budget").array("draws")) {
            draws.add(Draw.fromJson((Json.Obj) draw));
        }
        return draws;
    }

    // Draws may come in another order than trials: a candidate that was tried in an earlier climb has its draw from
    // there.
    private @Nullable String order() {
        Rung lastRung = Rung.PROMPT;
        for (SavedTrial trial : sealedTrials()) {
            if (trial.rung().compareTo(lastRung) < 0) {
                return trial.file() + " is on a lower rung than a trial that came before it";
            }
            lastRung = trial.rung();
        }
        return null;
    }

    private @Nullable String sealedRows() {
        long rows = certificate
                .object("data")
                .object("splits")
                .object("sealed")
                .number("rows")
                .longValueExact();
        long opened = 0;
        List<ExampleId> longest = List.of();
        for (SavedTrial trial : sealedTrials()) {
            opened += trial.n();
            if (trial.available() != rows) {
                return trial.file() + " had " + trial.available() + " rows, the sealed set has " + rows;
            }
            List<ExampleId> mine =
                    trial.outcomes().stream().map(Outcome::example).toList();
            int common = Math.min(mine.size(), longest.size());
            if (!mine.subList(0, common).equals(longest.subList(0, common))) {
                return trial.file() + " saw the sealed rows in another order than a trial before it";
            }
            longest = mine.size() > longest.size() ? mine : longest;
        }
        long accesses = certificate.object("sealed_accesses").number("count").longValueExact();
        return accesses < opened ? "the log has " + accesses + " accesses, the trials needed " + opened : null;
    }

    private @Nullable String winner() {
        SavedTrial first =
                sealedTrials().stream().filter(SavedTrial::passed).findFirst().orElse(null);
        Json certified = certificate.require("winner");
        if (first == null) {
            return certified instanceof Json.Nil ? null : "no candidate passed on sealed rows";
        }
        if (!certified.equals(Json.of(first.solution().hex()))) {
            return "the first to pass is " + first.name() + " ("
                    + first.solution().brief() + "), certified is " + certified;
        }
        Json solution = certificate.object("files").get(Certificate.SOLUTION);
        return solution instanceof Json.Str(String hex) && new Sha256(hex).equals(first.solution())
                ? null
                : Certificate.SOLUTION + " is not the winner's";
    }
}
