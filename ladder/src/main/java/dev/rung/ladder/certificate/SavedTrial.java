package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Rung;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A trial as a certificate tells it, with the outcomes from its file. */
record SavedTrial(
        Rung rung,
        String name,
        Sha256 solution,
        Split on,
        double alpha,
        double beta,
        int available,
        int n,
        @Nullable Draw draw,
        String file,
        Json.Obj findings,
        Json.@Nullable Obj against,
        List<Outcome> outcomes) {
    static SavedTrial read(Json.Obj json, List<Outcome> outcomes) {
        return new SavedTrial(
                Rung.valueOf(json.string("rung")),
                json.string("name"),
                new Sha256(json.string("solution")),
                Split.valueOf(json.string("on").toUpperCase(Locale.ROOT)),
                json.number("alpha").doubleValue(),
                json.number("beta").doubleValue(),
                json.number("available").intValueExact(),
                json.number("n").intValueExact(),
                json.require("draw") instanceof Json.Obj draw ? Draw.fromJson(draw) : null,
                json.string("outcomes"),
                json.object("findings"),
                json.get("against") instanceof Json.Obj against ? against : null,
                outcomes);
    }

    boolean sealed() {
        return on == Split.SEALED;
    }

    boolean passed() {
        return findings.object("verdict").string("verdict").equals("PASS")
                && (against == null
                        || against.object("result").string("verdict").equals("NOT WORSE"));
    }
}
