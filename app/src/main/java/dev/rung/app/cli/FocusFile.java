package dev.rung.app.cli;

import dev.rung.core.json.Json;
import dev.rung.gateway.limits.Money;
import dev.rung.store.Requests;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Use and cost as comma-separated values with the column names of FOCUS (FinOps Open Cost and Usage Specification, 1.2): a line for each day, key, team, tag
 * set and target.
 *
 * <p>What FOCUS does not know has names that begin with {@code x_}, as it asks for. Requests of unknown price are counted by themselves and have no cost.
 */
final class FocusFile {
    private static final List<String> COLUMNS = List.of(
            "BillingAccountId",
            "SubAccountId",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ChargeCategory",
            "ChargeFrequency",
            "ChargeDescription",
            "ProviderName",
            "ServiceCategory",
            "ServiceName",
            "ResourceId",
            "ConsumedQuantity",
            "ConsumedUnit",
            "BillingCurrency",
            "BilledCost",
            "EffectiveCost",
            "ListCost",
            "Tags",
            "x_InputTokens",
            "x_CachedTokens",
            "x_OutputTokens",
            "x_RequestsOfUnknownPrice");

    private FocusFile() {}

    static List<String> lines(Requests requests, Instant from, Instant to) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", COLUMNS));
        List<Requests.By> by = List.of(
                Requests.By.DAY,
                Requests.By.KEY,
                Requests.By.TEAM,
                Requests.By.TAGS,
                Requests.By.MODEL,
                Requests.By.TARGET);
        for (Requests.Sum sum : requests.sums(by, from, to)) {
            LocalDate day = LocalDate.parse(sum.group().get(0));
            String cost = Money.usd(sum.price()).amount().toPlainString();
            String target = sum.group().get(5);
            int slash = target.indexOf('/');
            lines.add(String.join(
                    ",",
                    List.of(
                            "rung",
                            cell(sum.group().get(2)),
                            start(day.withDayOfMonth(1)),
                            start(day.withDayOfMonth(1).plusMonths(1)),
                            start(day),
                            start(day.plusDays(1)),
                            "Usage",
                            "Usage-Based",
                            cell("requests for " + sum.group().get(4)),
                            cell(slash < 0 ? "rung" : target.substring(0, slash)),
                            "AI and Machine Learning",
                            cell(sum.group().get(4)),
                            cell(target),
                            Long.toString(sum.requests()),
                            "Requests",
                            "USD",
                            cost,
                            cost,
                            cost,
                            cell(tags(sum.group().get(1), sum.group().get(3))),
                            Long.toString(sum.inputTokens()),
                            Long.toString(sum.cachedTokens()),
                            Long.toString(sum.outputTokens()),
                            Long.toString(sum.unpriced()))));
        }
        return lines;
    }

    // A tag has no value of its own in FOCUS's sense: it is there.
    private static String tags(String key, @Nullable String tags) {
        Json.Obj json = key.isEmpty() ? Json.object() : Json.object("key", Json.of(key));
        if (tags != null && !tags.isEmpty()) {
            for (String tag : tags.split(",", -1)) {
                json = json.with(tag, Json.of("true"));
            }
        }
        return json.compact();
    }

    private static String start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    }

    /** Returns a value as a cell; one that a spreadsheet could take for a formula begins with an apostrophe. */
    static String cell(String value) {
        String safe = !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.matches("[^,\"\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
