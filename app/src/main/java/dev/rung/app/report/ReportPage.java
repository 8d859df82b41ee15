package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Renders a climb as one HTML page that needs nothing else: no script, no font, no request. */
public final class ReportPage {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ClimbSummary climb;

    private ReportPage(ClimbSummary climb) {
        this.climb = climb;
    }

    /** Returns the page. */
    public static String of(ClimbSummary climb) {
        StringBuilder page = new StringBuilder(1 << 16).append("<!DOCTYPE html>\n");
        new ReportPage(climb).page().writeTo(page);
        return page.append('\n').toString();
    }

    private Tag page() {
        ErrorsSection wrong = new ErrorsSection(climb);
        Tag errors = wrong.section();
        LadderLine.Tried shown = wrong.shown();
        Tag slices = shown == null ? null : SlicesSection.of(shown);
        Tag promise = new PromiseSection(climb).section();
        Tag main = Tag.of("main")
                .add(decision(), new LadderSection(climb).section(), tradeOffs())
                .addAll(promise == null ? List.of() : List.of(promise))
                .addAll(errors == null ? List.of() : List.of(errors))
                .addAll(slices == null ? List.of() : List.of(slices))
                .add(
                        new CostSection(climb).section(),
                        new DataSection(climb).section(),
                        new ProofSection(climb).section());
        return Tag.of("html")
                .set("lang", "en")
                .add(
                        Tag.of("head")
                                .add(
                                        Tag.of("meta").set("charset", "utf-8"),
                                        Tag.of("meta")
                                                .set("name", "viewport")
                                                .set("content", "width=device-width, initial-scale=1"),
                                        Tag.of("meta")
                                                .set("name", "color-scheme")
                                                .set("content", "light dark"),
                                        Tag.of("title").text(climb.asked().task() + " – Rung report"),
                                        Tag.style(css())),
                        Tag.of("body").add(main, footer()));
    }

    private Tag decision() {
        Conclusion conclusion = climb.conclusion();
        Asked asked = climb.asked();
        String standing = switch (conclusion.outcome()) {
            case MET -> "pass";
            case NOT_MET -> "fail";
            case NOT_ENOUGH_EVIDENCE -> "open";
        };
        Tag bar = Tag.of("ul", "bar-parts");
        asked.bar().forEach(part -> bar.add(Tag.of("li").text(part)));
        bar.add(Tag.of("li").text("at " + Figures.tenth(asked.confidence() * 100) + " % confidence"));
        bar.add(Tag.of("li").text("data: " + asked.data()));
        Tag header = Tag.of("header", standing)
                .add(
                        Tag.of("p", "eyebrow").text(asked.task()),
                        Tag.of("h1").text(conclusion.sentence()),
                        Tag.of("p", "goal").add(Tag.of("bdi").text(asked.goal())),
                        bar);
        LadderLine.Tried winner = climb.winner();
        if (winner != null) {
            header.add(facts(winner));
        }
        list(header, "What is missing", conclusion.missing());
        list(header, "What would change it", conclusion.remedies());
        return header;
    }

    private Tag facts(LadderLine.Tried winner) {
        Tag facts = Tag.of("dl", "facts");
        facts.add(fact("rung", winner.rung().key(), winner.name()));
        Estimate quality = winner.metric(climb.asked().metric());
        if (quality != null && quality.known()) {
            facts.add(fact(
                    climb.asked().metricTitle(),
                    Figures.share(quality.estimate()),
                    Figures.interval(quality.low(), quality.high()) + " on " + Figures.count(quality.n(), "example")));
        }
        if (winner.latency().known()) {
            facts.add(fact(
                    climb.asked().latencyName() + " latency",
                    LadderSection.seconds(winner.latency().estimate()),
                    "warm, one at a time"));
        }
        if (winner.cost().known()) {
            facts.add(fact(
                    "per 1,000 answers", LadderSection.dollars(winner.cost().estimate()), ""));
        }
        String release = climb.conclusion().release();
        return release == null ? facts : facts.add(fact("release", release, ""));
    }

    private static Tag fact(String name, String value, String note) {
        Tag fact = Tag.of("div").add(Tag.of("dt").text(name), Tag.of("dd").text(value));
        return note.isEmpty() ? fact : fact.add(Tag.of("dd", "note").text(note));
    }

    private static void list(Tag header, String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            Tag items = Tag.of("ul");
            sentences.forEach(sentence -> items.add(Tag.of("li").text(sentence)));
            header.add(Tag.of("h3").text(title), items);
        }
    }

    private Tag tradeOffs() {
        Asked asked = climb.asked();
        TradeOff plots = new TradeOff(asked, climb.tried());
        String quality = LadderSection.capital(asked.metricTitle());
        return Tag.of("section")
                .set("id", "trade-offs")
                .add(
                        Tag.of("h2").text(quality + " against cost and time"),
                        Tag.of("div", "pair")
                                .add(
                                        plots.figure(new TradeOff.Against(
                                                quality + " against cost",
                                                "dollars per 1,000 answers",
                                                LadderLine.Tried::cost,
                                                asked.costCeiling(),
                                                Figures::axisDollars)),
                                        plots.figure(new TradeOff.Against(
                                                quality + " against latency",
                                                asked.latencyName() + " latency",
                                                LadderLine.Tried::latency,
                                                asked.latencyCeiling(),
                                                LadderSection::seconds))));
    }

    private Tag footer() {
        return Tag.of("footer")
                .add(Tag.of("p")
                        .text("Climb begun " + DAY.format(climb.started()) + ", finished after "
                                + Figures.span(climb.took()) + ". Made by "
                                + climb.proof().version() + "."));
    }

    private static String css() {
        try (InputStream file = ReportPage.class.getResourceAsStream("report.css")) {
            if (file == null) {
                throw new IllegalStateException("report.css is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
