package dev.rung.app.report;

import java.util.Locale;
import java.util.Map;

/** Shows what the examples are, what the audit found in them, and what more of them would buy. */
final class DataSection {
    private final ClimbSummary climb;

    DataSection(ClimbSummary climb) {
        this.climb = climb;
    }

    Tag section() {
        DataSummary data = climb.data();
        Tag section = Tag.of("section").set("id", "data").add(Tag.of("h2").text("The data"));
        if (data.total() != null) {
            Tag sizes = Tag.of("dl", "facts");
            for (Map.Entry<String, Integer> split : data.splits().entrySet()) {
                sizes.add(Tag.of("div")
                        .add(Tag.of("dt").text(split.getKey()), Tag.of("dd").text(Figures.count(split.getValue()))));
            }
            section.add(sizes);
        }
        for (String sentence : data.outlook()) {
            section.add(Tag.of("p").text(sentence));
        }
        if (data.curve().size() > 1) {
            section.add(Tag.of("figure")
                    .add(
                            CurvePlot.of(
                                    data.curve(),
                                    climb.asked().metricTitle(),
                                    climb.asked().floor()),
                            Tag.of("figcaption")
                                    .text(
                                            "What more labels buy, measured on parts of the training examples with a quick student;"
                                                    + " hollow points are a forecast.")));
        }
        return section.add(findings(data));
    }

    private static Tag findings(DataSummary data) {
        if (data.findings().isEmpty()) {
            return Tag.of("p").text("The audit found nothing to mend.");
        }
        Tag list = Tag.of("ul", "findings");
        for (DataSummary.Finding finding : data.findings()) {
            Tag item = Tag.of("li", finding.weight().name().toLowerCase(Locale.ROOT))
                    .add(
                            Tag.of("span", "weight")
                                    .text(finding.weight().name().toLowerCase(Locale.ROOT)),
                            Tag.of("strong").text(finding.title()));
            if (!finding.detail().isEmpty()) {
                item.add(Tag.of("p").text(finding.detail()));
            }
            if (!finding.places().isEmpty()) {
                item.add(Tag.of("p", "places").text(String.join(" · ", finding.places())));
            }
            list.add(item);
        }
        return list;
    }
}
