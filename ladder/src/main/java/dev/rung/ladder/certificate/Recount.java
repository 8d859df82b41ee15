package dev.rung.ladder.certificate;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides a bar from saved outcomes once more, the plain way.
 *
 * <p>It shares no code with {@link dev.rung.core.evidence.Evidence}, so that one mistake cannot hide in both.
 */
final class Recount {
    private static final String PASS = "PASS";
    private static final String FAIL = "FAIL";
    private static final String OPEN = "NOT ENOUGH EVIDENCE";
    private static final double CAP = 5;

    private final double alpha;
    private final double beta;
    private final boolean complete;
    private final List<Outcome> outcomes;

    /** Decides at the levels {@code alpha} and {@code beta}; {@code complete} when the outcomes are of all rows that there are. */
    Recount(double alpha, double beta, boolean complete, List<Outcome> outcomes) {
        this.alpha = alpha;
        this.beta = beta;
        this.complete = complete;
        this.outcomes = outcomes;
    }

    /** Returns the verdict's word for the whole bar. */
    String verdict(Bar bar) {
        List<String> words = bar.requirements().stream().map(this::verdict).toList();
        if (words.contains(FAIL)) {
            return FAIL;
        }
        return words.contains(OPEN) ? OPEN : PASS;
    }

    /** Returns the verdict's word for one requirement. */
    String verdict(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Mean mean -> mean(mean, outcomes);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) ->
                mean(mean, outcomes.stream().filter(o -> belongs(o, slice)).toList());
            case Requirement.MacroF1AtLeast(double floor) -> macroF1(floor);
            case Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) -> {
                int decision = new SimpleJudge(outcomes, judgedPerLabel).decision(floor, alpha, beta);
                yield floor == 0 || decision > 0 ? PASS : decision < 0 ? FAIL : OPEN;
            }
        };
    }

    private static boolean belongs(Outcome outcome, Slice slice) {
        String value = slice.facet().equals(Slice.LABEL)
                ? outcome.expected().text()
                : outcome.facets().get(slice.facet());
        return slice.value().equals(value);
    }

    private String macroF1(double floor) {
        List<Outcome> labelled = outcomes.stream()
                .filter(o -> o.expected() instanceof Output.Label && !(o.output() instanceof Output.Abstention))
                .toList();
        if (floor == 0) {
            return PASS;
        }
        if (!complete || labelled.isEmpty()) {
            return OPEN;
        }
        SimpleMacroF1 figure = new SimpleMacroF1(labelled);
        if (alpha >= SimpleMacroF1.LEAST_ERROR && figure.lower(alpha) >= floor) {
            return PASS;
        }
        return figure.upper(Math.max(beta, SimpleMacroF1.LEAST_ERROR)) < floor ? FAIL : OPEN;
    }

    private String mean(Requirement.Mean requirement, List<Outcome> outcomes) {
        boolean cost = requirement instanceof Requirement.CostAtMost;
        if (cost && outcomes.stream().anyMatch(o -> o.price() instanceof Price.Unknown)) {
            return OPEN;
        }
        boolean anything = (requirement instanceof Requirement.AtLeast(Metric metric, double floor) && floor == 0)
                || (requirement instanceof Requirement.AtMost(Metric lower, double ceiling) && ceiling == 1);
        if (anything) {
            return PASS;
        }
        List<Double> rows = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>(); // rows that ask a question for the first time
        Set<String> asked = new HashSet<>();
        List<Boolean> affordable = new ArrayList<>(); // whether the mean price kept the ceiling after each row
        BigDecimal spent = BigDecimal.ZERO;
        for (Outcome outcome : outcomes) {
            double score = score(requirement, outcome);
            if (Double.isNaN(score)) {
                continue;
            }
            rows.add(score);
            if (asked.add(outcome.cluster())) {
                firsts.add(rows.size());
            }
            spent = cost ? spent.add(amount(outcome)) : spent;
            affordable.add(!(requirement instanceof Requirement.CostAtMost(Usd ceiling))
                    || spent.movePointRight(3).compareTo(ceiling.amount().multiply(BigDecimal.valueOf(rows.size())))
                            <= 0);
        }
        return decide(requirement, rows, firsts, affordable, constantPrice(requirement, outcomes));
    }

    private String decide(
            Requirement.Mean requirement,
            List<Double> rows,
            List<Integer> firsts,
            List<Boolean> affordable,
            boolean constantPrice) {
        double floor = floor(requirement);
        boolean binary = binary(requirement);
        double[] byRow = rows.stream().mapToDouble(x -> x).toArray();
        double[] byQuestion = firsts.stream().mapToDouble(n -> rows.get(n - 1)).toArray();
        SimpleTest above = new SimpleTest(floor, alpha, binary, true);
        SimpleTest below = new SimpleTest(1 - floor, beta, binary, false);
        int proved = Math.max(above.crossing(byRow), row(above.crossing(byQuestion), firsts));
        int refuted = Math.min(below.crossing(mirrored(byRow)), row(below.crossing(mirrored(byQuestion)), firsts));
        for (int n = 1; n <= byRow.length; n++) {
            if (n >= proved && affordable.get(n - 1)) {
                return PASS;
            }
            if (n >= refuted) {
                return FAIL;
            }
        }
        if (!complete || byRow.length == 0) {
            return OPEN;
        }
        boolean rowsHold = proved(above, byRow);
        if (rowsHold && proved(above, byQuestion) && affordable.getLast()) {
            return PASS;
        }
        if (proved(below, mirrored(byRow)) || proved(below, mirrored(byQuestion))) {
            return FAIL;
        }
        return constantPrice && affordable.getLast() ? PASS : OPEN;
    }

    private static boolean proved(SimpleTest test, double[] scores) {
        return test.crossing(scores) <= scores.length || test.lastLook(scores);
    }

    private static int row(int question, List<Integer> firsts) {
        return question > firsts.size() ? Integer.MAX_VALUE : firsts.get(question - 1);
    }

    private static boolean constantPrice(Requirement.Mean requirement, List<Outcome> outcomes) {
        return requirement instanceof Requirement.CostAtMost
                && outcomes.size() >= 59
                && outcomes.stream().map(Recount::amount).distinct().count() == 1;
    }

    private static double[] mirrored(double[] scores) {
        double[] mirrored = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            mirrored[i] = 1 - scores[i];
        }
        return mirrored;
    }

    private static double score(Requirement.Mean requirement, Outcome outcome) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                outcome.scores().getOrDefault(metric, Double.NaN);
            case Requirement.AtMost(Metric metric, double ceiling) ->
                1 - outcome.scores().getOrDefault(metric, Double.NaN);
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                outcome.time().compareTo(ceiling) > 0 ? 0 : 1;
            case Requirement.CostAtMost(Usd ceiling) -> {
                double most = ceiling.amount().doubleValue() / 1000;
                double price = amount(outcome).doubleValue();
                yield binary(requirement) ? (price > 0 ? 0 : 1) : 1 - Math.min(price / (CAP * most), 1);
            }
        };
    }

    private static double floor(Requirement.Mean requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> floor;
            case Requirement.AtMost(Metric metric, double ceiling) -> 1 - ceiling;
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) -> quantile;
            case Requirement.CostAtMost cost -> binary(requirement) ? 1 : 1 - 1 / CAP;
        };
    }

    private static boolean binary(Requirement.Mean requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.binary();
            case Requirement.AtMost(Metric metric, double ceiling) -> metric.binary();
            case Requirement.LatencyAtMost latency -> true;
            case Requirement.CostAtMost(Usd ceiling) -> ceiling.amount().signum() <= 0;
        };
    }

    private static BigDecimal amount(Outcome outcome) {
        return outcome.price() instanceof Price.Known(Usd amount) ? amount.amount() : BigDecimal.ZERO;
    }
}
