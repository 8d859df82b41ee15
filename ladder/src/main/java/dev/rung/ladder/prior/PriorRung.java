package dev.rung.ladder.prior;

import dev.rung.core.economics.Usd;
import dev.rung.core.rung.Rung;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * A rung that this version prices and does not build.
 *
 * <p>Training is priced by compute: 6 operations a parameter and token (Kaplan et al. 2020), 20 tokens a parameter from scratch (Hoffmann et al. 2022). The
 * assumptions, all of 2026 and all shown with the price: a rented accelerator at $2.00 an hour that sustains 125 TFLOP/s; LoRA on this machine's processor
 * at 100 tokens a second.
 */
public final class PriorRung implements RungBuilder {
    private static final double SUSTAINED_FLOPS = 125e12;
    private static final Usd ACCELERATOR_HOUR = Usd.of("2.00");
    private static final double LORA_TOKENS_PER_SECOND = 100;
    private static final int EPOCHS = 3;
    private static final double CHARACTERS_PER_TOKEN = 4;
    private static final int ENOUGH_EXAMPLES = 1_000;
    private static final long HOURS_A_MONTH = 730;

    private final Rung rung;

    public PriorRung(Rung rung) {
        this.rung = rung;
    }

    @Override
    public Rung rung() {
        return rung;
    }

    @Override
    public List<Proposal> propose(Site site) {
        return switch (rung) {
            case PROMPT, RETRIEVE, DISTIL -> List.of();
            case CACHE ->
                List.of(new Proposal.LeftOut(
                        "response and prefix cache",
                        "not built in this version; it changes what an answer costs, never which answers are right",
                        "about 10 % of the price of each prompt token that repeats"));
            case TUNE -> List.of(new Proposal.LeftOut("LoRA on an open model", tuneReason(site), tunePrice(site)));
            case HOST ->
                List.of(new Proposal.LeftOut(
                        "an open model on accelerators of one's own",
                        "not built in this version; below about 10 million tokens a day it rarely pays",
                        "about " + ACCELERATOR_HOUR.times(2 * HOURS_A_MONTH)
                                + " a month for two accelerators, one to spare"));
            case CONTINUED_PRETRAINING ->
                List.of(new Proposal.LeftOut(
                        "a 7B model on 10B tokens of a domain",
                        "refused by default: it needs a domain without public text, and a lower rung that failed for want of it",
                        "about " + training(7e9, 10e9) + " of compute, data and people not counted"));
            case FROM_SCRATCH ->
                List.of(new Proposal.LeftOut(
                        "a 7B model on 140B tokens",
                        "refused by default: no task constraint here leaves it as the only way",
                        "about " + training(7e9, 140e9) + " of compute, data and people not counted"));
        };
    }

    private static String tuneReason(Site site) {
        int examples = site.train().size();
        return examples < ENOUGH_EXAMPLES
                ? "not built in this version; the rule of thumb asks for at least 1,000 good examples, here are "
                        + examples
                : "not built in this version; the " + examples
                        + " training examples would suffice by the rule of thumb";
    }

    private static String tunePrice(Site site) {
        long characters = 0;
        for (var example : site.train()) {
            characters += example.input().length() + example.label().text().length();
        }
        double tokens = characters / CHARACTERS_PER_TOKEN * EPOCHS;
        Duration time = Duration.ofSeconds(Math.round(tokens / LORA_TOKENS_PER_SECOND));
        return "about %s of training on this machine for a 135M model".formatted(spoken(time));
    }

    private static String spoken(Duration time) {
        return time.compareTo(Duration.ofMinutes(90)) < 0
                ? Math.max(1, time.toMinutes()) + " minutes"
                : (time.toMinutes() + 30) / 60 + " hours";
    }

    private static Usd training(double parameters, double tokens) {
        double hours = 6 * parameters * tokens / SUSTAINED_FLOPS / 3600;
        return new Usd(ACCELERATOR_HOUR.amount().multiply(BigDecimal.valueOf(Math.round(hours))));
    }
}
