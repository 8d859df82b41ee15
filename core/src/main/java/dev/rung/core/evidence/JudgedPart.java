package dev.rung.core.evidence;

import dev.rung.core.evidence.judge.Paired;
import dev.rung.core.evidence.judge.PredictionPowered;
import dev.rung.core.evidence.judge.RectifiedTest;
import dev.rung.core.task.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people would say of the answers, against a floor, from their verdicts on a few and a judge's on all ({@link RectifiedTest}).
 *
 * <p>Rows come in an order that was fixed beforehand, so every (k + 1)-th one, the first included, is a random draw: these are the rows that people judge. Each makes a unit
 * with the k that follow. The first of them that has no verdict ends the test until it has one: to skip it and use later ones would let people choose which rows
 * count. Rows that repeat a question are left out, so this part counts by question alone.
 */
final class JudgedPart implements Part {
    static final String KEY = "judge_score";

    private final Requirement.JudgeScoreAtLeast requirement;
    private final RectifiedTest above;
    private final RectifiedTest below;
    private final double alpha;
    private final double beta;
    private final Answers answers;
    private State state = State.OPEN;

    JudgedPart(Requirement.JudgeScoreAtLeast requirement, double alpha, double beta) {
        this.requirement = requirement;
        this.alpha = alpha;
        this.beta = beta;
        above = new RectifiedTest(requirement.floor(), alpha);
        below = new RectifiedTest(1 - requirement.floor(), beta);
        answers = new Answers(requirement.judgedPerLabel());
    }

    /** One unit: an answer that both have judged, and the judge's mean over those that only it has. */
    record Unit(Paired labelled, double others) {
        Unit mirrored() {
            return new Unit(new Paired(1 - labelled.human(), 1 - labelled.judge()), 1 - others);
        }
    }

    /** Answers in their order, made into units. */
    static final class Answers {
        private final int judgedPerLabel;
        private final Set<String> questions = new HashSet<>();
        private final List<Paired> labelled = new ArrayList<>();
        private final List<Double> others = new ArrayList<>();
        private double judgeSum;
        private int n;
        private int unlabelled;

        Answers(int judgedPerLabel) {
            this.judgedPerLabel = judgedPerLabel;
        }

        /** Adds an answer, and returns the unit that it completes, or null. */
        @Nullable
        Unit add(Outcome outcome) {
            Judged judged = outcome.judged();
            if (judged == null || !questions.add(outcome.cluster())) {
                return null;
            }
            boolean forPeople = n++ % (judgedPerLabel + 1) == 0;
            judgeSum += judged.judge();
            if (!forPeople) {
                others.add(judged.judge());
            } else if (unlabelled == 0 && judged.isLabelled()) {
                labelled.add(new Paired(judged.human(), judged.judge()));
            } else {
                unlabelled++;
                others.add(judged.judge());
            }
            boolean complete = unlabelled == 0 && n % (judgedPerLabel + 1) == 0;
            return complete
                    ? new Unit(
                            labelled.getLast(),
                            others.subList(others.size() - judgedPerLabel, others.size()).stream()
                                            .mapToDouble(Double::doubleValue)
                                            .sum()
                                    / judgedPerLabel)
                    : null;
        }

        /** Returns how many rows that people should judge have no verdict of theirs, or come after one that has none. */
        int unlabelled() {
            return unlabelled;
        }

        int labels() {
            return labelled.size();
        }

        int n() {
            return n;
        }

        double judgeMean() {
            return judgeSum / n;
        }

        /** Returns what people would say, from all answers; nothing is known of it without their verdicts. */
        Estimate estimate(double confidence) {
            if (n == 0) {
                return Estimate.unknown(KEY, 0, confidence);
            }
            if (labelled.isEmpty()) {
                return new Estimate(KEY, judgeMean(), 0, 1, 0, confidence);
            }
            PredictionPowered found = PredictionPowered.of(
                    labelled, others.stream().mapToDouble(Double::doubleValue).toArray(), confidence);
            return new Estimate(
                    KEY,
                    Math.clamp(found.estimate(), 0, 1),
                    Math.clamp(found.low(), 0, 1),
                    Math.clamp(found.high(), 0, 1),
                    labelled.size(),
                    confidence);
        }
    }

    static Estimate estimate(Requirement.JudgeScoreAtLeast requirement, List<Outcome> outcomes, double confidence) {
        Answers answers = new Answers(requirement.judgedPerLabel());
        outcomes.forEach(answers::add);
        return answers.estimate(confidence);
    }

    @Override
    public Requirement requirement() {
        return requirement;
    }

    double floor() {
        return requirement.floor();
    }

    Answers answers() {
        return answers;
    }

    @Override
    public void add(Outcome outcome) {
        Unit unit = answers.add(outcome);
        if (unit == null) {
            return;
        }
        above.add(unit.labelled(), unit.others());
        Unit mirrored = unit.mirrored();
        below.add(mirrored.labelled(), mirrored.others());
        if (state == State.OPEN) {
            state = above.rejected() ? State.PASSED : below.rejected() ? State.FAILED : State.OPEN;
        }
    }

    @Override
    public void finish() {
        // The bet has looked after every unit already.
    }

    @Override
    public State state() {
        return floor() == 0 ? State.PASSED : state;
    }

    @Override
    public int n() {
        return answers.n();
    }

    double lowerBound() {
        return Math.max(above.rejected() ? floor() : 0, above.bound(alpha));
    }

    double upperBound() {
        return 1 - Math.max(below.rejected() ? 1 - floor() : 0, below.bound(beta));
    }

    /** Returns how many labels more would prove the requirement if all goes on like this; empty when none would, or nothing can be said. */
    OptionalLong moreLabels() {
        long more = above.more();
        return above.units() == 0 || more < 0 ? OptionalLong.empty() : OptionalLong.of(more);
    }

    // Rows that are there but not labelled yet are not missing.
    @Override
    public OptionalLong moreRows(int rows) {
        OptionalLong labels = moreLabels();
        if (labels.isEmpty()) {
            return labels;
        }
        long answersMore = labels.getAsLong() * (requirement.judgedPerLabel() + 1)
                - (answers.n() - (long) above.units() * (requirement.judgedPerLabel() + 1));
        return OptionalLong.of(Math.max(1, (long) Math.ceil((double) answersMore * rows / answers.n())));
    }
}
