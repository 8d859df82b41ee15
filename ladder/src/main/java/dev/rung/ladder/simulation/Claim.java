package dev.rung.ladder.simulation;

import dev.rung.core.json.Json;
import java.util.Locale;

/**
 * Something that is claimed of the evidence, and what the worlds say to it.
 *
 * @param claim in one sentence
 * @param found the figure that decides, in words
 */
public record Claim(String claim, State state, String found) {
    /** What the worlds say. */
    public enum State {
        /** The whole Monte-Carlo interval agrees with the claim. */
        SHOWN,
        /** Part of the interval agrees with it: more worlds would be needed to tell. */
        OPEN,
        /** The whole interval contradicts it. */
        BROKEN;

        /** Returns the state's name for people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static State of(double low, double high, double least, double most) {
            if (low >= least && high <= most) {
                return SHOWN;
            }
            return high < least || low > most ? BROKEN : OPEN;
        }
    }

    /** Returns the claim that a share lies between {@code least} and {@code most}. */
    static Claim within(String claim, Share share, double least, double most) {
        return new Claim(claim, State.of(share.low(), share.high(), least, most), new Cell.Rate(share).text());
    }

    /** Returns the claim that a mean lies between {@code least} and {@code most}. */
    static Claim within(String claim, Mean mean, double least, double most, int decimals) {
        return new Claim(
                claim, State.of(mean.low(), mean.high(), least, most), new Cell.Average(mean, decimals).text());
    }

    Json.Obj toJson() {
        return Json.object("claim", Json.of(claim), "state", Json.of(state.word()), "found", Json.of(found));
    }
}
