package dev.rung.gateway.govern;

import dev.rung.core.economics.Usd;
import dev.rung.core.model.Residency;
import dev.rung.gateway.limits.Measure;
import dev.rung.gateway.limits.Rules;
import dev.rung.gateway.limits.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a caller, all scopes taken together: the narrowest residency, every allow-list, the lowest price, the most that any scope wants kept.
 *
 * @param scopes the widest first
 * @param lists the allow-lists, each of which must have the model
 * @param counted whether tokens or money are limited, so that they must be estimated
 * @param priced whether a price must be known, because money is limited
 * @param cache for how long replies are given again: what the narrowest scope says that says anything
 */
record Terms(
        List<Scope> scopes,
        List<Pattern> lists,
        Residency data,
        @Nullable Usd maxPrice,
        boolean counted,
        boolean priced,
        Rules.Content content,
        Duration cache) {
    static Terms of(List<Scope> scopes) {
        List<Pattern> lists = new ArrayList<>();
        Residency data = Residency.ANYWHERE;
        Usd maxPrice = null;
        boolean counted = false;
        boolean priced = false;
        Rules.Content content = Rules.Content.NONE;
        Duration cache = Duration.ZERO;
        for (Scope scope : scopes) {
            Rules rules = scope.rules();
            if (rules.models() != null) {
                lists.add(pattern(rules.models()));
            }
            if (rules.data() != null && data.permits(rules.data())) {
                data = rules.data();
            }
            if (rules.maxPrice() != null
                    && (maxPrice == null || rules.maxPrice().compareTo(maxPrice) < 0)) {
                maxPrice = rules.maxPrice();
            }
            priced |= rules.budgets().stream().anyMatch(budget -> budget.measure() == Measure.MONEY);
            counted |= rules.budgets().stream().anyMatch(budget -> budget.measure() != Measure.REQUESTS)
                    || rules.rates().stream().anyMatch(rate -> rate.measure() == Measure.TOKENS);
            content = rules.content() == null ? content : rules.content();
            cache = rules.cache() == null ? cache : rules.cache();
        }
        priced |= maxPrice != null;
        return new Terms(
                List.copyOf(scopes), List.copyOf(lists), data, maxPrice, counted || priced, priced, content, cache);
    }

    boolean allows(String model) {
        for (Pattern list : lists) {
            if (!list.matcher(model).matches()) {
                return false;
            }
        }
        return true;
    }

    private static Pattern pattern(List<String> models) {
        List<String> each = new ArrayList<>();
        for (String model : models) {
            each.add(Pattern.quote(model).replace("*", "\\E.*\\Q"));
        }
        return Pattern.compile(String.join("|", each), Pattern.DOTALL);
    }
}
