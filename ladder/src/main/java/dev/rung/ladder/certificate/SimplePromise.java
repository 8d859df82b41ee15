package dev.rung.ladder.certificate;

import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The threshold that keeps a promise, the plain way: every confidence that occurs is tried as the threshold, and its rows counted afresh. */
final class SimplePromise {
    private final List<Outcome> questions;
    private final Metric metric;
    private final double harm;
    private final double error;

    SimplePromise(List<Outcome> outcomes, Metric metric, double harm, double error) {
        Map<String, Outcome> first = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            first.putIfAbsent(outcome.cluster(), outcome);
        }
        this.questions = new ArrayList<>(first.values());
        this.metric = metric;
        this.harm = harm;
        this.error = error;
    }

    /** Returns how many questions there are. */
    int questions() {
        return questions.size();
    }

    /** Returns how many questions are answered at this threshold. */
    int accepted(double threshold) {
        int accepted = 0;
        for (Outcome question : questions) {
            accepted += question.confidence() >= threshold ? 1 : 0;
        }
        return accepted;
    }

    /** Returns how many of those are answered wrongly. */
    int harmful(double threshold) {
        int harmful = 0;
        for (Outcome question : questions) {
            boolean wrong = !question.scores().getOrDefault(metric, Double.NaN).equals(1.0);
            harmful += wrong && question.confidence() >= threshold ? 1 : 0;
        }
        return harmful;
    }

    /** Returns the probability of at most so many harmful questions at a harm of exactly what is promised. */
    double pValue(int harmful) {
        double[] probability = SimpleProbability.binomial(questions.size(), harm);
        double sum = 0;
        for (int k = 0; k <= harmful; k++) {
            sum += probability[k];
        }
        return sum;
    }

    /** Returns the least confidence at and above which the promise is proved, going down from the largest until one is not; not a number for none. */
    double threshold() {
        double proved = Double.NaN;
        double next = Double.POSITIVE_INFINITY;
        while (true) {
            double below = Double.NEGATIVE_INFINITY;
            for (Outcome question : questions) {
                if (question.confidence() < next) {
                    below = Math.max(below, question.confidence());
                }
            }
            if (below == Double.NEGATIVE_INFINITY || pValue(harmful(below)) > error) {
                return proved;
            }
            proved = below;
            next = below;
        }
    }
}
