package dev.rung.gateway.limits;

import dev.rung.store.SpendFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One level at which limits hold, such as {@code team:search}, with its buckets and counters; thread-safe. */
public final class Scope {
    private final String name;
    private final Rules rules;
    private final List<Purse> purses = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();

    /** A budget and its counter. */
    record Purse(Budget budget, SpendFile.Counter counter) {}

    /** A rate and its bucket. */
    record Tap(Rate rate, TokenBucket bucket) {}

    /** Makes the scope; {@code before} is what it was under earlier rules, whose buckets go on where the rate is the same; null for none. */
    Scope(String name, Rules rules, SpendFile spend, SpentBefore spent, @Nullable Scope before) {
        this.name = name;
        this.rules = rules;
        for (Budget budget : rules.budgets()) {
            purses.add(new Purse(budget, counter(budget, spend, spent)));
        }
        for (Rate rate : rules.rates()) {
            TokenBucket bucket = null;
            if (before != null) {
                for (Tap tap : before.taps) {
                    bucket = tap.rate.equals(rate) ? tap.bucket : bucket;
                }
            }
            taps.add(new Tap(rate, bucket == null ? new TokenBucket(rate) : bucket));
        }
    }

    /** Tells what a scope used since a second, as far as the ledger knows. */
    @FunctionalInterface
    interface SpentBefore {
        long since(String scope, Measure measure, long second);
    }

    private SpendFile.Counter counter(Budget budget, SpendFile spend, SpentBefore spent) {
        // What the ledger knows and the counter does not: spent while there was no such budget.
        SpendFile.Counter counter = spend.counter(counterName(name, budget));
        long window = budget.period().start(System.currentTimeMillis() / 1_000);
        counter.raise(window, spent.since(name, budget.measure(), window));
        return counter;
    }

    /** Returns the name of the counter behind a budget of a scope. */
    public static String counterName(String scope, Budget budget) {
        return scope + "|" + budget.measure().key() + "|" + budget.period();
    }

    public String name() {
        return name;
    }

    public Rules rules() {
        return rules;
    }

    List<Purse> purses() {
        return purses;
    }

    List<Tap> taps() {
        return taps;
    }
}
