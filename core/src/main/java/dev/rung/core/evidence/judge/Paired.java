package dev.rung.core.evidence.judge;

/**
 * One answer that people and the judge have both scored.
 *
 * @param human what people say, from 0 (unacceptable) to 1
 * @param judge what the judge says, from 0 to 1
 */
public record Paired(double human, double judge) {
    public Paired {
        if (!(human >= 0 && human <= 1 && judge >= 0 && judge <= 1)) {
            throw new IllegalArgumentException("scores lie between 0 and 1: " + human + ", " + judge);
        }
    }

    /** Returns verdicts as scores. */
    public static Paired of(boolean human, boolean judge) {
        return new Paired(human ? 1 : 0, judge ? 1 : 0);
    }

    boolean binary() {
        return (human == 0 || human == 1) && (judge == 0 || judge == 1);
    }
}
