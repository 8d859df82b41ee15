package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.certificate.Verification.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the record of the judge on which a judge score rests: that it is the bar's judge, and that its figures follow from its table of counts. */
record JudgeCheck(Json.Obj certificate, Bar bar) {
    static final String KEY = "judge";
    private static final double RELATIVE = 1e-6;

    List<Check> check() {
        Requirement.JudgeScoreAtLeast wanted = bar.requirements().stream()
                .filter(Requirement.JudgeScoreAtLeast.class::isInstance)
                .map(Requirement.JudgeScoreAtLeast.class::cast)
                .findFirst()
                .orElse(null);
        if (wanted == null) {
            return List.of();
        }
        String fault = fault(wanted);
        return List.of(new Check(
                "judge", fault == null, fault == null ? "the one that the bar names, its figures recounted" : fault));
    }

    private @Nullable String fault(Requirement.JudgeScoreAtLeast wanted) {
        if (certificate.get(KEY) == null) {
            return "the bar asks for a judge score, and no judge is recorded";
        }
        Json.Obj record = certificate.object(KEY);
        String found = Sha256.of(record.object("judge").canonical()).hex();
        if (!found.equals(wanted.judge())) {
            return "the record is of the judge " + found + ", the bar's is " + wanted.judge();
        }
        if (!(record.require("usable") instanceof Json.Bool(boolean usable) && usable)) {
            return "the judge was not usable";
        }
        return figures(record.object("table"));
    }

    private static @Nullable String figures(Json.Obj table) {
        int both = count(table, "both_accept");
        int judge = count(table, "only_judge_accepts");
        int people = count(table, "only_people_accept");
        int neither = count(table, "both_reject");
        int n = both + judge + people + neither;
        double error = (1 - table.number("confidence").doubleValue()) / 2;
        double chance =
                ((double) (both + judge) * (both + people) + (double) (people + neither) * (judge + neither)) / n / n;
        double kappa = ((double) (both + neither) / n - chance) / (1 - chance);
        if (!close(table.object("kappa").number("estimate").doubleValue(), kappa)) {
            return "kappa is " + kappa + " by the table, certified "
                    + table.object("kappa").number("estimate");
        }
        return Stream.of(
                        rate(table, "agreement", both + neither, n, error),
                        rate(table, "sensitivity", both, both + people, error),
                        rate(table, "specificity", neither, neither + judge, error))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> rate(Json.Obj table, String name, int hits, int n, double error) {
        Json.Obj said = table.object(name);
        double low = SimpleProbability.lowerBound(hits, n, error);
        double high = 1 - SimpleProbability.lowerBound(n - hits, n, error);
        boolean same = close(said.number("estimate").doubleValue(), (double) hits / n)
                && close(said.number("low").doubleValue(), low)
                && close(said.number("high").doubleValue(), high);
        return same
                ? Optional.empty()
                : Optional.of(name + " is " + hits + " of " + n + " by the table, certified " + said);
    }

    private static int count(Json.Obj table, String key) {
        return table.number(key).intValueExact();
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + 1e-12;
    }
}
