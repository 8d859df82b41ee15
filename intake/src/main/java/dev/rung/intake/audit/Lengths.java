package dev.rung.intake.audit;

import dev.rung.core.json.Json;

/** How long the inputs are, in characters; percentiles to one percent above 1,000 characters and exact below. */
final class Lengths {
    private static final int EXACT = 1_000;
    private static final double STEP = 1.01;

    // Exact buckets first, then buckets that grow by one percent: bounded memory for any number of rows.
    private final long[] counts = new long[EXACT + 2_200];
    private long rows;
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    void add(int characters) {
        counts[bucket(characters)]++;
        rows++;
        shortest = Math.min(shortest, characters);
        longest = Math.max(longest, characters);
    }

    private static int bucket(int characters) {
        return characters < EXACT ? characters : EXACT + (int) (Math.log(characters / (double) EXACT) / Math.log(STEP));
    }

    /** Returns the length that a share of the rows does not exceed. */
    int quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * rows));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return bucket < EXACT ? bucket : (int) Math.round(EXACT * Math.pow(STEP, bucket - EXACT + 0.5));
            }
        }
        return longest;
    }

    Json.Obj toJson() {
        return Json.object(
                        "shortest", Json.of(rows == 0 ? 0 : shortest),
                        "p50", Json.of(quantile(0.5)),
                        "p95", Json.of(quantile(0.95)),
                        "p99", Json.of(quantile(0.99)))
                .with("longest", Json.of(longest))
                .with("unit", Json.of("characters"));
    }
}
