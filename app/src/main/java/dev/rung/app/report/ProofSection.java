package dev.rung.app.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what the decision can be checked by: the order of tests, the error budget, hashes, prices and versions. */
final class ProofSection {
    private final ClimbSummary climb;

    ProofSection(ClimbSummary climb) {
        this.climb = climb;
    }

    Tag section() {
        Proof proof = climb.proof();
        Tag section =
                Tag.of("section").set("id", "certificate").add(Tag.of("h2").text("The certificate"));
        String release = climb.conclusion().release();
        if (release != null) {
            section.add(Tag.of("p")
                    .text("Release ")
                    .add(Tag.of("code").text(release))
                    .text(" carries it. Anyone can compute every verdict again from the saved answers:"));
            section.add(Tag.of("pre").text("rung verify-certificate " + release));
        } else {
            section.add(
                    Tag.of("p")
                            .text(
                                    "Nothing was certified, so there is no release; what was done is written down all the same."));
        }
        section.add(Tag.of("p")
                .text("Sealed examples were opened " + Figures.count(proof.sealedAccesses(), "time")
                        + " on this climb. The chance that anything below the bar is promoted is at most "
                        + Figures.bound(proof.budget())
                        + " over all attempts on these examples, this climb's and earlier ones';"
                        + " each attempt drew its share before it saw a sealed row."));
        Tag draws = draws(proof);
        if (draws != null) {
            section.add(draws);
        }
        Tag facts = Tag.of("dl", "ledger");
        for (Map.Entry<String, String> hash : proof.hashes().entrySet()) {
            facts.add(pair(hash.getKey(), Tag.of("code").text(hash.getValue())));
        }
        facts.add(pair("seed", Tag.of("code").text(Long.toString(proof.seed()))));
        for (String price : proof.prices()) {
            facts.add(pair("price", Tag.of("span").text(price)));
        }
        facts.add(pair("made by", Tag.of("span").text(proof.version())));
        return section.add(facts);
    }

    private static @Nullable Tag draws(Proof proof) {
        if (proof.draws().isEmpty()) {
            return null;
        }
        Tag body = Tag.of("tbody");
        double spent = 0;
        for (Proof.Share draw : proof.draws()) {
            spent += draw.alpha();
            body.add(Tag.of("tr")
                    .add(
                            Tag.of("td", "num").text(Integer.toString(draw.order())),
                            Tag.of("th").set("scope", "row").text(draw.candidate()),
                            Tag.of("td", "num").text(Figures.error(draw.alpha())),
                            Tag.of("td", "num").text(Figures.error(Math.max(0, proof.budget() - spent)))));
        }
        return Tag.of("table", "draws")
                .add(
                        Tag.of("caption")
                                .text("Attempts to certify, in order, and what each drew of the error budget."),
                        Tag.of("thead")
                                .add(Tag.of("tr")
                                        .add(
                                                Tag.of("th", "num")
                                                        .set("scope", "col")
                                                        .text("Order"),
                                                Tag.of("th").set("scope", "col").text("Candidate"),
                                                Tag.of("th", "num")
                                                        .set("scope", "col")
                                                        .text("Drew"),
                                                Tag.of("th", "num")
                                                        .set("scope", "col")
                                                        .text("Left"))),
                        body);
    }

    private static Tag pair(String name, Tag value) {
        return Tag.of("div").add(Tag.of("dt").text(name), Tag.of("dd").add(value));
    }
}
