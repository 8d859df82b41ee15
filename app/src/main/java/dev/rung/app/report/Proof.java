package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a decision rests on.
 *
 * @param hashes of what went in and came out, by what they are of
 * @param sealedAccesses how many sealed rows were handed out on the climb
 * @param seed of every random choice
 * @param budget the error probability that all certification attempts share
 * @param draws what each attempt took of it, in order
 * @param prices what the costs rest on, a sentence each
 * @param version of Rung and of what it runs on
 */
public record Proof(
        SequencedMap<String, String> hashes,
        long sealedAccesses,
        long seed,
        double budget,
        List<Share> draws,
        List<String> prices,
        String version) {
    public Proof {
        hashes = new LinkedHashMap<>(hashes);
        draws = List.copyOf(draws);
        prices = List.copyOf(prices);
    }

    /** What one attempt drew of the error budget. */
    public record Share(int order, String candidate, double alpha) {}

    private static Json.Obj share(Share share) {
        return Json.object(
                "order", Json.of(share.order()),
                "candidate", Json.of(share.candidate()),
                "alpha", Json.of(share.alpha()));
    }

    Json.Obj toJson() {
        Json.Obj named = Json.object();
        for (Map.Entry<String, String> hash : hashes.entrySet()) {
            named = named.with(hash.getKey(), Json.of(hash.getValue()));
        }
        return Json.object("hashes", named, "sealed_accesses", Json.of(sealedAccesses), "seed", Json.of(seed))
                .with("error_budget", Json.of(budget))
                .with("draws", Json.array(draws.stream().map(Proof::share).toList()))
                .with("prices", Json.strings(prices))
                .with("version", Json.of(version));
    }

    static Proof fromJson(Json.Obj json) {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        Json.Obj named = json.object("hashes");
        for (String name : named.members().keySet()) {
            hashes.put(name, named.string(name));
        }
        return new Proof(
                hashes,
                json.number("sealed_accesses").longValueExact(),
                json.number("seed").longValueExact(),
                Fields.number(json, "error_budget"),
                Fields.objects(json, "draws").stream()
                        .map(one -> new Share(
                                Fields.integer(one, "order"), one.string("candidate"), Fields.number(one, "alpha")))
                        .toList(),
                Fields.texts(json, "prices"),
                json.string("version"));
    }
}
