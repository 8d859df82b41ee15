package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.promise.CalibrationRow;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.rung.Rung;
import dev.rung.core.statistics.SplitMix64;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Climbs that never happened, with everything in them that a report can show. */
public final class SampleClimb {
    static final String HOSTILE =
            "</style><script>alert(1)</script> \"quoted\" & 'more' \u0000\uD800 <img src=x onerror=alert(2)>";

    private SampleClimb() {}

    /** Returns a climb whose sixth candidate holds. */
    public static ClimbSummary met() {
        return new ClimbSummary(
                asked(120_000L),
                new Conclusion(
                        Conclusion.Outcome.MET,
                        "The distil rung holds: n-grams + linear is the lowest rung that provably meets the bar of support-routing.",
                        5,
                        "support-routing-1",
                        ".rung/releases/support-routing-1/certificate.json",
                        null,
                        List.of(),
                        List.of()),
                ladder(),
                data(),
                proof(),
                Instant.parse("2026-11-22T06:30:00Z"),
                Duration.ofSeconds(94));
    }

    /** Returns a climb on which nothing holds, of a task without a volume and with hostile text. */
    public static ClimbSummary notMet() {
        return new ClimbSummary(
                asked(null),
                new Conclusion(
                        Conclusion.Outcome.NOT_MET,
                        "No rung that could be tried meets the bar of support-routing; n-grams + linear came nearest.",
                        5,
                        null,
                        null,
                        null,
                        List.of("accuracy is 0.871, and the bar asks for 0.95"),
                        List.of(
                                "about 900 more labels would bring accuracy to 0.91",
                                "gpt-5-mini could not be tried: the environment variable OPENAI_API_KEY is not set",
                                HOSTILE)),
                ladderWithCascade(),
                data(),
                proof(),
                Instant.parse("2026-11-22T06:30:00Z"),
                Duration.ofSeconds(94));
    }

    private static Asked asked(@Nullable Long volume) {
        return new Asked(
                "support-routing",
                "Route a customer's message to the team that handles it. " + HOSTILE,
                List.of("accuracy ≥ 0.85", "out-of-scope recall ≥ 0.60", "p95 ≤ 300 ms", "≤ $0.20 per 1,000"),
                0.95,
                "accuracy",
                "accuracy",
                0.85,
                0.3,
                0.95,
                0.2,
                "local",
                volume);
    }

    private static List<LadderLine> ladder() {
        return List.of(
                tried(
                        1,
                        Rung.PROMPT,
                        "smollm2-135m, zero-shot",
                        LadderLine.Standing.FAIL,
                        0.24,
                        31,
                        "tune",
                        0.41,
                        0.021),
                tried(
                        2,
                        Rung.PROMPT,
                        "smollm2-135m, 8 examples",
                        LadderLine.Standing.FAIL,
                        0.41,
                        61,
                        "tune",
                        0.98,
                        0.054),
                tried(
                        3,
                        Rung.RETRIEVE,
                        "smollm2-135m, 4 nearest",
                        LadderLine.Standing.FAIL,
                        0.69,
                        90,
                        "tune",
                        0.88,
                        0.048),
                tried(
                        4,
                        Rung.RETRIEVE,
                        "smollm2-135m, 8 nearest",
                        LadderLine.Standing.OPEN,
                        0.83,
                        180,
                        "sealed",
                        1.31,
                        0.071),
                new LadderLine.NotTried(
                        Rung.CACHE,
                        "response and prefix cache",
                        "not built in this version; it changes what an answer costs, never which answers are right",
                        "about 10 % of the price of each prompt token that repeats"),
                new LadderLine.NotTried(
                        Rung.TUNE,
                        "LoRA on an open model",
                        "not built in this version; the rule of thumb asks for at least 1,000 good examples, here are 610",
                        "about 25 minutes of training on this machine for a 135M model"),
                tried(
                        5,
                        Rung.DISTIL,
                        "n-grams + linear",
                        LadderLine.Standing.PASS,
                        0.901,
                        241,
                        "sealed",
                        0.0009,
                        0.00004),
                new LadderLine.NotTried(
                        Rung.DISTIL, "bge-small-en-v1.5 + linear", "not needed: n-grams + linear holds", ""),
                new LadderLine.NotTried(
                        Rung.HOST,
                        "an open model on accelerators of one's own",
                        "not built in this version; below about 10 million tokens a day it rarely pays",
                        "about $2,920.00 a month for two accelerators, one to spare"));
    }

    private static List<LadderLine> ladderWithCascade() {
        List<LadderLine> ladder = new ArrayList<>(ladder().subList(0, 5));
        ladder.add(tried(
                5,
                Rung.DISTIL,
                "n-grams + linear → smollm2-135m, 8 nearest",
                LadderLine.Standing.OPEN,
                0.871,
                241,
                "sealed",
                0.9,
                0.021));
        return ladder;
    }

    private static LadderLine.Tried tried(
            int number,
            Rung rung,
            String name,
            LadderLine.Standing standing,
            double accuracy,
            int n,
            String split,
            double seconds,
            double dollars) {
        double half = 1.96 * Math.sqrt(accuracy * (1 - accuracy) / n);
        return new LadderLine.Tried(
                number,
                rung,
                name,
                standing,
                switch (standing) {
                    case PASS -> "lowest rung that holds";
                    case FAIL -> "accuracy below 0.85, stopped early";
                    case OPEN -> "about 640 more examples would settle it";
                },
                switch (standing) {
                    case PASS ->
                        List.of(
                                "217 of 241 right; accuracy is at least 0.86 with 97.5 % confidence; bar 0.85",
                                "14 of 18 right; out-of-scope recall is at least 0.61 with 97.5 % confidence; bar 0.60",
                                "241 of 241 answers took at most 300 ms; bar p95 ≤ 300 ms",
                                "$0.000040 per 1,000 on average over 241 answers; bar $0.20 per 1,000");
                    case FAIL -> List.of("accuracy is at most 0.6 with 95 % confidence; bar 0.85");
                    case OPEN -> List.of("150 of 180 right; accuracy bar 0.85 is neither proved nor refuted");
                },
                split,
                n,
                241,
                List.of(
                        new Estimate("accuracy", accuracy, accuracy - half, Math.min(1, accuracy + half), n, 0.95),
                        new Estimate("out_of_scope_recall", accuracy - 0.1, accuracy - 0.25, accuracy, n / 10, 0.95)),
                new Estimate("p50_latency", seconds * 0.7, seconds * 0.68, seconds * 0.74, n, 0.95),
                new Estimate("p95_latency", seconds, seconds * 0.9, seconds * 1.2, n, 0.95),
                new Estimate("cost_per_1000", dollars, dollars * 0.95, dollars * 1.05, n, 0.95),
                null,
                Duration.ofMillis(1_300),
                Duration.ofSeconds(n / 8),
                rung == Rung.DISTIL ? 0 : n,
                new Calibration(
                        0.031,
                        new Estimate("calibration_error", 0.021, 0, 0.048, n, 0.95),
                        0.8,
                        IntStream.range(0, 8)
                                .mapToObj(i -> {
                                    double at = 0.35 + i * 0.085;
                                    return new Calibration.Bin(
                                            at,
                                            Math.min(1, at + 0.03 * Math.sin(i)),
                                            at - 0.12 + i * 0.01,
                                            Math.min(1, at + 0.1),
                                            5 + i * i * 3);
                                })
                                .toList()),
                name.contains("→") ? promised() : null,
                new Confused(
                        "tune",
                        180,
                        List.of(
                                new ConfusedPair(
                                        "order_change",
                                        "delivery",
                                        4,
                                        22,
                                        List.of(
                                                new ConfusedPair.Case(
                                                        "messages.csv:812",
                                                        "can you send it to my office instead, it hasn't shipped yet I think"),
                                                new ConfusedPair.Case("messages.csv:97", HOSTILE))),
                                new ConfusedPair(
                                        "billing",
                                        "subscription",
                                        2,
                                        31,
                                        List.of(new ConfusedPair.Case(
                                                "messages.csv:55", "why was plus taken off my card twice"))))),
                new Sliced(
                        new Estimate("accuracy", accuracy, accuracy - half, Math.min(1, accuracy + half), n, 0.95),
                        List.of(
                                slice("label", "order_change", 0.55, 0.31, 0.78, 22, true),
                                slice("language", HOSTILE, 0.8, 0.62, 0.93, 40, false),
                                slice("length", "short", 0.97, 0.88, 1, 120, false)),
                        2,
                        "accuracy on label order_change is 0.550 [0.310, 0.780] over 22 examples: provably below the 0.900 of all"));
    }

    private static Sliced.Row slice(
            String facet, String value, double estimate, double low, double high, int n, boolean worse) {
        return new Sliced.Row(new Slice(facet, value), new Estimate("accuracy", estimate, low, high, n, 0.99), worse);
    }

    private static Promised promised() {
        List<CalibrationRow> rows = new ArrayList<>();
        SplitMix64 random = new SplitMix64(9);
        for (int i = 0; i < 480; i++) {
            double confidence = 1 - Math.pow(random.below(1_000) / 1_000.0, 2) * 0.8;
            rows.add(new CalibrationRow("q" + i, confidence, random.below(1_000) / 1_000.0 > confidence));
        }
        return Promised.of(new Derivation(new Promise(0.05, 0.95), RiskCoverage.of(rows)), null);
    }

    private static DataSummary data() {
        SequencedMap<String, Integer> splits = new LinkedHashMap<>();
        splits.put("train", 610);
        splits.put("tune", 180);
        splits.put("calibrate", 120);
        splits.put("sealed", 241);
        return new DataSummary(
                splits,
                List.of(
                        new DataSummary.Finding(
                                DataSummary.Weight.FAULT,
                                "2 exact duplicates with different labels",
                                "One of each pair is wrong.",
                                List.of("messages.csv:12", "messages.csv:977")),
                        new DataSummary.Finding(
                                DataSummary.Weight.WARNING,
                                "11 suspected label errors",
                                "A student trained without them is nearly sure of another label.",
                                List.of("messages.csv:31", "messages.csv:40", "messages.csv:" + "1".repeat(30))),
                        new DataSummary.Finding(
                                DataSummary.Weight.NOTE, "3 messages hold an e-mail address", "", List.of())),
                List.of(
                        new DataSummary.CurvePoint(76, 0.61, 0.55, 0.66, false),
                        new DataSummary.CurvePoint(152, 0.72, 0.68, 0.76, false),
                        new DataSummary.CurvePoint(305, 0.81, 0.78, 0.84, false),
                        new DataSummary.CurvePoint(610, 0.88, 0.86, 0.90, false),
                        new DataSummary.CurvePoint(1220, 0.915, 0.89, 0.94, true)),
                List.of(
                        "Twice as many labels would bring accuracy from 0.88 to about 0.915. Label noise puts the ceiling at 0.978."));
    }

    private static Proof proof() {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        hashes.put("certificate", "3f".repeat(32));
        hashes.put("data", "a1".repeat(32));
        hashes.put("sealed examples", "b2".repeat(32));
        hashes.put("smollm2-135m", "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
        return new Proof(
                hashes,
                421,
                7,
                0.05,
                List.of(
                        new Proof.Share(1, "smollm2-135m, 8 nearest", 0.025),
                        new Proof.Share(2, "n-grams + linear", 0.025 / 3)),
                List.of("this machine: $0.10 an hour, assumed, as of 2026-11-01"),
                "rung 0.1.0 on Java 25");
    }
}
