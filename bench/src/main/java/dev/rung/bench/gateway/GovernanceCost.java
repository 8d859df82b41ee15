package dev.rung.bench.gateway;

import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.ModelMatch;
import dev.rung.core.economics.book.ModelPrices;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.economics.book.ProviderPrices;
import dev.rung.core.economics.book.Rate;
import dev.rung.core.economics.book.Rates;
import dev.rung.core.economics.book.ServiceTier;
import dev.rung.core.economics.book.StandardExtractors;
import dev.rung.core.economics.book.When;
import dev.rung.core.model.Residency;
import dev.rung.gateway.govern.Governance;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.gateway.govern.TargetPrices;
import dev.rung.gateway.http.Arrival;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Notes;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import dev.rung.store.Traffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Measures what governing one call costs, by itself: a key, budgets of money at the key and the team, a rate, a price by a book, and its row in the ledger.
 *
 * <p>Argument: calls a round, 200,000 by default; five rounds after one of warm-up. Prints the calling thread's time and allocation a call, and the
 * processor time of the whole process, which has the ledger's thread and SQLite in it.
 */
public final class GovernanceCost {
    private static final Target TARGET = new Target(
            "openai/gpt-5-mini", "openai", Dialect.OPENAI, "gpt-5-mini", Residency.ANYWHERE, "openai/gpt-5-mini");
    private static final Bytes BODY =
            Bytes.of(("{\"model\":\"gpt-5-mini\",\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\""
                            + "Where is my parcel? It was to come on Monday. ".repeat(20) + "\"}]}")
                    .getBytes(StandardCharsets.UTF_8));
    private static final List<String> USAGE = List.of(
            "{\"prompt_tokens\":310,\"completion_tokens\":58,\"total_tokens\":368,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}");

    private GovernanceCost() {}

    public static void main(String[] args) throws IOException {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        Path state = Files.createTempDirectory("governance-cost");
        String key = GovernedState.prepare(state);
        System.out.println(
                "| calling thread, µs a call | allocated, bytes a call | whole process, CPU µs a call | calls/s |");
        System.out.println("| --- | --- | --- | --- |");
        try (Governance governance = Governance.open(state, GovernanceConfig.DEFAULTS, prices())) {
            round(governance, key, calls, false);
            for (int i = 0; i < 5; i++) {
                round(governance, key, calls, true);
            }
        }
        try (Traffic traffic = Traffic.open(state)) {
            System.out.println("rows in the ledger: " + traffic.requests().count());
        }
    }

    private static void round(Governance governance, String key, int calls, boolean print) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        com.sun.management.OperatingSystemMXBean system = Objects.requireNonNull(
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class));
        long thread = Thread.currentThread().threadId();
        long allocated = threads.getThreadAllocatedBytes(thread);
        long mine = threads.getCurrentThreadCpuTime();
        long all = system.getProcessCpuTime();
        long began = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call(governance, key);
        }
        long wall = System.nanoTime() - began;
        if (print) {
            System.out.printf(
                    "| %.2f | %d | %.2f | %,.0f |%n",
                    (threads.getCurrentThreadCpuTime() - mine) / 1e3 / calls,
                    (threads.getThreadAllocatedBytes(thread) - allocated) / calls,
                    (system.getProcessCpuTime() - all) / 1e3 / calls,
                    calls / (wall / 1e9));
        }
    }

    private static void call(Governance governance, String key) {
        Arrival arrival = new Arrival(
                "req-0123456789abcdef",
                null,
                Instant.now(),
                System.nanoTime(),
                "POST",
                "/v1/chat/completions",
                new Notes());
        governance
                .admit(new Proposal(
                        arrival,
                        name -> null,
                        key,
                        Dialect.OPENAI,
                        Operation.GENERATE,
                        "gpt-5-mini",
                        false,
                        BODY,
                        List.of(TARGET)))
                .settle(new Settlement(
                        TARGET,
                        List.of(TARGET.name()),
                        200,
                        null,
                        Settlement.End.COMPLETE,
                        new Settlement.Use.Reported("gpt-5-mini-2025-08-07", USAGE, 0, 900),
                        Duration.ofMillis(2),
                        Duration.ofMillis(2),
                        null,
                        null));
    }

    private static TargetPrices prices() {
        Rates rates = new Rates(
                Map.of(
                        BillingUnit.INPUT_TOKENS, Rate.flat(Usd.of("0.25")),
                        BillingUnit.CACHE_READ_TOKENS, Rate.flat(Usd.of("0.025")),
                        BillingUnit.OUTPUT_TOKENS, Rate.flat(Usd.of("2"))),
                List.of());
        ModelPrices model = new ModelPrices(
                "gpt-5-mini",
                new ModelMatch.Equal("gpt-5-mini"),
                Map.of(ServiceTier.STANDARD, List.of(new ModelPrices.Dated(new When.Always(), rates))));
        PriceBook book = new PriceBook(
                "bench",
                LocalDate.of(2026, 11, 1),
                List.of(new ProviderPrices(
                        "openai", null, null, null, List.of(), StandardExtractors.ALL, List.of(model))));
        return new TargetPrices(target -> Optional.empty(), () -> List.of(book));
    }
}
