package dev.rung.app.cli;

import dev.rung.core.RungException;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.plan.Strictness;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code plan} is asked. */
final class PlanOptions {
    private static final Pattern DOLLARS = Pattern.compile("\\$?(\\d+(\\.\\d+)?)");

    @Option(names = "--bar", paramLabel = "RATE", description = "the rate to be proved, such as 0.90")
    private @Nullable Double bar;

    @Option(names = "--truth", paramLabel = "RATE", description = "the true rate that is hoped for, such as 0.95")
    private @Nullable Double truth;

    @Option(
            names = "--margin",
            paramLabel = "RATE",
            description = "against an incumbent: the loss that would not be accepted, such as 0.02")
    private @Nullable Double margin;

    @Option(
            names = "--discordant",
            paramLabel = "RATE",
            description =
                    "against an incumbent: the share of examples on which just one of the two is right, such as 0.08")
    private @Nullable Double discordant;

    @Option(
            names = "--difference",
            paramLabel = "RATE",
            description =
                    "against an incumbent: the true gain that is hoped for (default: ${DEFAULT-VALUE}, just as good)")
    private double difference = 0;

    @Option(names = "--power", paramLabel = "RATE", description = "the chance of a proof (default: ${DEFAULT-VALUE})")
    private double power = 0.8;

    @Option(names = "--confidence", paramLabel = "RATE", description = "of a proof (default: the task's, or 0.95)")
    private @Nullable Double confidence;

    @Option(names = "--label-cost", paramLabel = "DOLLARS", description = "what one label costs, such as 0.50")
    private @Nullable String labelCost;

    boolean asksForRate() {
        return bar != null;
    }

    boolean asksForPairs() {
        return margin != null;
    }

    /** Checks that what is asked can be answered. */
    void check(boolean hasTask) {
        if (!hasTask && bar == null && margin == null) {
            throw new RungException.WrongInput("found no question, expected a bar (--bar 0.90 --truth 0.95), a margin"
                    + " (--margin 0.02 --discordant 0.08) or a task folder");
        }
        share("--power", power);
        share("--confidence", confidence(0.95));
        if (bar != null) {
            share("--bar", bar);
            if (truth == null || !(truth > bar && truth <= 1)) {
                throw RungException.WrongInput.at(
                        "--truth",
                        truth == null ? "nothing" : truth.toString(),
                        "a rate above the bar of " + bar,
                        "No number of rows proves a bar that the truth does not pass.");
            }
        } else if (truth != null && !hasTask) {
            throw RungException.WrongInput.at("--truth", truth.toString(), "a --bar beside it", "Say which bar.");
        }
        if (margin != null) {
            share("--margin", margin);
            pairs(margin);
        }
    }

    private void pairs(double asked) {
        if (discordant == null || !(discordant > 0 && discordant <= 1)) {
            throw RungException.WrongInput.at(
                    "--discordant",
                    discordant == null ? "nothing" : discordant.toString(),
                    "the share of examples on which just one of the two is right, above 0",
                    "Where it is not known, 0.10 is a start; the rarer they are, the fewer pairs are needed.");
        }
        if (!(difference > -asked && Math.abs(difference) <= discordant)) {
            throw RungException.WrongInput.at(
                    "--difference",
                    Double.toString(difference),
                    "a number above -" + asked + " and no larger than the share of discordant pairs",
                    "A candidate that is worse by the margin is never proved not to be.");
        }
    }

    private static void share(String option, double value) {
        if (!(value > 0 && value < 1)) {
            throw RungException.WrongInput.at(
                    option, Double.toString(value), "a rate strictly between 0 and 1", "Write 90 % as 0.90.");
        }
    }

    double bar() {
        return asked(bar);
    }

    double truth() {
        return asked(truth);
    }

    double margin() {
        return asked(margin);
    }

    double discordant() {
        return asked(discordant);
    }

    private static double asked(@Nullable Double value) {
        if (value == null) {
            throw new IllegalStateException("not asked");
        }
        return value;
    }

    double difference() {
        return difference;
    }

    double power() {
        return power;
    }

    double confidence(double otherwise) {
        return confidence == null ? otherwise : confidence;
    }

    /** Returns how sure to be when a test gets this part of the whole error budget. */
    Strictness strictness(double part, double otherwise) {
        return new Strictness(part * (1 - confidence(otherwise)), Strictness.BETA, power);
    }

    Optional<Usd> labelCost() {
        if (labelCost == null) {
            return Optional.empty();
        }
        var dollars = DOLLARS.matcher(labelCost);
        if (!dollars.matches()) {
            throw RungException.WrongInput.at("--label-cost", labelCost, "dollars", "Write fifty cents as 0.50.");
        }
        return Optional.of(Usd.of(dollars.group(1)));
    }
}
