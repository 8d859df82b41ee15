package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.json.Json;
import java.util.List;

/**
 * How a candidate's confidence compares with how often it is right.
 *
 * @param plain the mean distance between confidence and accuracy, noise included, from 0 to 1
 * @param error the root of the mean squared distance, noise subtracted, from 0 to 1
 * @param honesty Spiegelhalter's z: within ±2 or so where confidence can be taken at its word
 * @param bins from the least confidence up
 */
public record Calibration(double plain, Estimate error, double honesty, List<Bin> bins) {
    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of similar confidence.
     *
     * @param confidence their mean
     * @param accuracy how many of them are right
     * @param low of the accuracy's interval
     * @param high of the accuracy's interval
     * @param n how many answers
     */
    public record Bin(double confidence, double accuracy, double low, double high, int n) {}

    Json.Obj toJson() {
        return Json.object(
                "plain",
                Json.of(plain),
                "error",
                error.toJson(),
                "honesty",
                Json.of(honesty),
                "bins",
                Json.array(bins.stream()
                        .map(bin -> Json.object(
                                        "confidence", Json.of(bin.confidence()), "accuracy", Json.of(bin.accuracy()))
                                .with("low", Json.of(bin.low()))
                                .with("high", Json.of(bin.high()))
                                .with("n", Json.of(bin.n())))
                        .toList()));
    }

    static Calibration fromJson(Json.Obj json) {
        return new Calibration(
                Fields.number(json, "plain"),
                Estimate.fromJson(json.object("error")),
                Fields.number(json, "honesty"),
                Fields.objects(json, "bins").stream()
                        .map(bin -> new Bin(
                                Fields.number(bin, "confidence"),
                                Fields.number(bin, "accuracy"),
                                Fields.number(bin, "low"),
                                Fields.number(bin, "high"),
                                Fields.integer(bin, "n")))
                        .toList());
    }
}
