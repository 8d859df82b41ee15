package dev.rung.gateway.limits;

import dev.rung.core.json.Json;
import dev.rung.gateway.keys.Caller;
import dev.rung.json.JsonText;
import dev.rung.store.Requests;
import dev.rung.store.SpendFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scopes that have rules, as they were when last read; immutable. */
public final class Scopes {
    /** The scope of everybody. */
    public static final String GLOBAL = "global";

    private final Map<String, Scope> scopes;

    private Scopes(Map<String, Scope> scopes) {
        this.scopes = scopes;
    }

    /** Makes the scopes of {@code rules}, each JSON text by its name; {@code before} is what was there under earlier rules, null at first. */
    public static Scopes of(Map<String, String> rules, SpendFile spend, Requests requests, @Nullable Scopes before) {
        Map<String, Scope> scopes = new HashMap<>();
        rules.forEach((name, text) -> {
            Scope earlier = before == null ? null : before.scopes.get(name);
            Rules read = Rules.of((Json.Obj) JsonText.parse(text, "the rules of " + name));
            scopes.put(
                    name,
                    earlier != null && earlier.rules().equals(read)
                            ? earlier
                            : new Scope(
                                    name,
                                    read,
                                    spend,
                                    (scope, measure, second) -> spent(requests, scope, measure, second),
                                    earlier));
        });
        return new Scopes(scopes);
    }

    /** Returns the scopes that hold for a caller, the widest first. */
    public List<Scope> of(Caller caller) {
        if (scopes.isEmpty()) {
            return List.of();
        }
        List<Scope> found = new ArrayList<>();
        add(found, GLOBAL);
        if (caller.team() != null) {
            add(found, "team:" + caller.team());
        }
        if (caller.user() != null) {
            add(found, "user:" + caller.user());
        }
        for (String tag : caller.tags()) {
            add(found, "tag:" + tag);
        }
        if (caller.key() != null) {
            add(found, "key:" + caller.key());
        }
        return found;
    }

    /** Returns what holds for each scope, and how much of its budgets is used. */
    public Json.Arr json(long nowSeconds) {
        List<Json> all = new ArrayList<>();
        scopes.values().stream().sorted(Comparator.comparing(Scope::name)).forEach(scope -> {
            List<Json> budgets = new ArrayList<>();
            for (Scope.Purse purse : scope.purses()) {
                long window = purse.budget().period().start(nowSeconds);
                budgets.add(Json.object(
                        "budget", Json.of(purse.budget().toString()),
                        "used", Json.of(purse.budget().shown(purse.counter().used(window))),
                        "settled", Json.of(purse.budget().shown(purse.counter().settled(window)))));
            }
            all.add(Json.object(
                    "scope", Json.of(scope.name()), "rules", scope.rules().json(), "budgets", Json.array(budgets)));
        });
        return Json.array(all);
    }

    private void add(List<Scope> to, String name) {
        Scope scope = scopes.get(name);
        if (scope != null) {
            to.add(scope);
        }
    }

    /** Checks that {@code scope} names one; anything else is an {@link IllegalArgumentException}. */
    public static String checked(String scope) {
        if (!scope.matches("global|(key|team|user|tag):[^\\s|,]+")) {
            throw new IllegalArgumentException(
                    "found the scope " + scope + ", expected global, key:NAME, team:NAME, user:NAME or tag:NAME");
        }
        return scope;
    }

    private static long spent(Requests requests, String scope, Measure measure, long second) {
        Requests.Used used = requests.used(who(scope), Instant.ofEpochSecond(second));
        return switch (measure) {
            case MONEY -> used.price();
            case TOKENS -> used.tokens();
            case REQUESTS -> used.requests();
        };
    }

    private static Requests.@Nullable Who who(String scope) {
        int colon = scope.indexOf(':');
        String name = scope.substring(colon + 1);
        return switch (colon < 0 ? scope : scope.substring(0, colon)) {
            case "key" -> new Requests.Who(Requests.Who.Kind.KEY, name);
            case "team" -> new Requests.Who(Requests.Who.Kind.TEAM, name);
            case "user" -> new Requests.Who(Requests.Who.Kind.USER, name);
            case "tag" -> new Requests.Who(Requests.Who.Kind.TAG, name);
            default -> null;
        };
    }
}
