package dev.rung.gateway.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.economics.Usd;
import dev.rung.core.model.Residency;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.limits.Money;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import dev.rung.store.RequestRow;
import dev.rung.store.SpendFile;
import dev.rung.store.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GovernanceTest {
    private static final String BODY =
            "{\"model\":\"cheap\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    private Path state;

    private static Refusal refusal(Governance governance, Proposal proposal) {
        try {
            governance.admit(proposal);
        } catch (Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("it was admitted");
    }

    private Proposal call(@Nullable String key) {
        return Calls.call(key, "cheap", BODY, Calls.CHEAP);
    }

    private List<RequestRow> rows(Governance governance) {
        governance.writer().flush();
        try (Traffic traffic = Traffic.open(state)) {
            return traffic.requests().newest(10_000);
        }
    }

    private SpendFile.Standing standing(String counter) {
        return Objects.requireNonNull(SpendFile.look(state).get(counter), counter);
    }

    @Test
    void without_any_key_everybody_is_let_in_and_written_down() {
        try (Governance governance = Calls.open(state)) {
            Grant grant = governance.admit(Calls.call(null, "cheap", BODY, Calls.CHEAP));
            assertThat(grant.settle(Calls.answered(Calls.CHEAP, 1_000, 10)))
                    .containsEntry("x-rung-price-usd", "0.00102");
            assertThat(rows(governance)).singleElement().satisfies(row -> {
                assertThat(row.key()).isNull();
                assertThat(row.price()).isEqualTo(1_020_000_000L);
                assertThat(row.inputTokens()).isEqualTo(1_000);
                assertThat(row.target()).isEqualTo("up/cheap");
                assertThat(row.totalMicros()).isEqualTo(5_000);
            });
        }
    }

    @Test
    void a_key_is_needed_once_one_was_made_and_changes_are_seen_within_a_second() throws InterruptedException {
        try (Governance governance = Calls.open(state)) {
            governance.admit(call(null)).settle(Calls.answered(Calls.CHEAP, 1, 1));
            String key = Calls.key(state, "ci");
            await(() -> refused(governance, call(null)));
            assertThat(refusal(governance, call(null)).code()).isEqualTo("missing_api_key");
            assertThat(governance.caller(key).key()).isEqualTo("ci");
            String wrong = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
            assertThat(refusal(governance, call(wrong))).satisfies(refusal -> {
                assertThat(refusal.status()).isEqualTo(401);
                assertThat(refusal.code()).isEqualTo("invalid_api_key");
                assertThat(refusal.headers()).containsEntry("x-should-retry", "false");
            });
            assertThat(refusal(governance, call("sk-something")).code()).isEqualTo("invalid_api_key");

            try (Traffic traffic = Traffic.open(state)) {
                traffic.keys().end("ci", Instant.now());
            }
            await(() -> refused(governance, call(key)));
            assertThat(refusal(governance, call(key)).message()).contains("ci was revoked");
            assertThat(refusal(governance, call(null)).status()).isEqualTo(401);
        }
    }

    private static boolean refused(Governance governance, Proposal proposal) {
        try {
            governance
                    .admit(proposal)
                    .release(Calls.ended(Calls.CHEAP, Settlement.End.FAILED, new Settlement.Use.Nothing()));
            return false;
        } catch (Refused e) {
            return true;
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(1));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("within a second").isBefore(end);
            Thread.sleep(10);
        }
    }

    @Test
    void a_thousand_callers_at_the_edge_of_a_budget_never_spend_more_than_it_has() throws Exception {
        String key = Calls.key(state, "ci");
        Calls.rule(state, "team:search", "{\"budgets\":[\"$0.05/day\"]}");
        Calls.rule(state, "key:ci", "{\"budgets\":[\"$1/month\",\"100000 tokens/total\"]}");
        AtomicLong spent = new AtomicLong();
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger denied = new AtomicInteger();
        try (Governance governance = Calls.open(state)) {
            CountDownLatch start = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> futures = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    int each = i;
                    futures.add(threads.submit(() -> {
                        start.await();
                        one(governance, call(key), each, spent, admitted, denied);
                        return true;
                    }));
                }
                start.countDown();
                for (Future<?> future : futures) {
                    future.get();
                }
            }
            assertThat(admitted.get()).isGreaterThan(100);
            assertThat(denied.get()).isGreaterThan(100);
            long limit = Money.of(Usd.of("0.05"));
            assertThat(spent.get()).isLessThanOrEqualTo(limit);
            long day = Instant.now().getEpochSecond() / 86_400 * 86_400;
            SpendFile.Standing standing = standing("team:search|usd|DAY");
            assertThat(standing).isEqualTo(new SpendFile.Standing(day, spent.get(), spent.get()));
            assertThat(rows(governance)).hasSize(1_000);
        }
    }

    // One in five fails; the others use what was estimated, or less.
    private static void one(
            Governance governance,
            Proposal call,
            int each,
            AtomicLong spent,
            AtomicInteger admitted,
            AtomicInteger denied) {
        Grant grant;
        try {
            grant = governance.admit(call);
        } catch (Refused refused) {
            assertThat(refused.refusal().code()).isEqualTo("budget_exhausted");
            denied.incrementAndGet();
            return;
        }
        admitted.incrementAndGet();
        if (each % 5 == 0) {
            grant.release(Calls.ended(Calls.CHEAP, Settlement.End.FAILED, new Settlement.Use.Nothing()));
        } else {
            long out = each % 2 == 0 ? 100 : 50;
            grant.settle(Calls.answered(Calls.CHEAP, 20, out));
            spent.addAndGet(20_000_000L + out * 2_000_000L);
        }
    }

    @Test
    void a_denial_says_which_budget_how_much_and_when_it_is_full_again() {
        String key = Calls.key(state, "ci");
        Calls.rule(state, "tag:nightly", "{\"budgets\":[\"2 requests/day\"]}");
        try (Governance governance = Calls.open(state)) {
            governance.admit(call(key)).settle(Calls.answered(Calls.CHEAP, 1, 1));
            Grant open = governance.admit(call(key));
            assertThat(refusal(governance, call(key))).satisfies(refusal -> {
                assertThat(refusal.status()).isEqualTo(429);
                assertThat(refusal.headers()).containsExactly(Map.entry("x-should-retry", "false"));
                assertThat(refusal.message())
                        .contains(
                                "tag:nightly, 2 requests/day",
                                "2 requests are spent or reserved",
                                "full again at 20",
                                "T00:00:00Z");
            });
            open.release(Calls.ended(Calls.CHEAP, Settlement.End.FAILED, new Settlement.Use.Nothing()));
            governance.admit(call(key));
        }
    }

    @Test
    void a_rate_that_is_reached_says_when_to_come_again() {
        String key = Calls.key(state, "ci");
        Calls.rule(state, "key:ci", "{\"rates\":[\"60 requests/min burst 3\"]}");
        Calls.rule(state, "global", "{\"rates\":[\"100000 tokens/min\"]}");
        try (Governance governance = Calls.open(state)) {
            for (int i = 0; i < 3; i++) {
                governance.admit(call(key)).settle(Calls.answered(Calls.CHEAP, 1, 1));
            }
            assertThat(refusal(governance, call(key))).satisfies(refusal -> {
                assertThat(refusal.code()).isEqualTo("rate_limit_exceeded");
                assertThat(refusal.headers()).containsEntry("retry-after", "1").doesNotContainKey("x-should-retry");
                assertThat(Long.parseLong(refusal.headers().get("retry-after-ms")))
                        .isBetween(500L, 1_000L);
                assertThat(refusal.message()).contains("key:ci, 60 requests/min burst 3");
            });
        }
    }

    @Test
    void what_a_key_may_not_ask_for_does_not_go_out() {
        String key = Calls.key(state, "ci");
        Calls.rule(state, "team:search", "{\"models\":[\"che*\",\"odd\"],\"data\":\"eu\"}");
        Calls.rule(state, "key:ci", "{\"max_price\":\"$0.001\"}");
        Target far = new Target("far/cheap", "far", Dialect.OPENAI, "cheap", Residency.ANYWHERE, "acme/cheap");
        try (Governance governance = Calls.open(state)) {
            assertThat(refusal(governance, Calls.call(key, "gpt-5", BODY, Calls.CHEAP))
                            .code())
                    .isEqualTo("model_not_allowed");
            assertThat(refusal(governance, Calls.call(key, "cheap", BODY, far)).message())
                    .isEqualTo(
                            "Data under this key may go to models in the European Union only, and far/cheap runs elsewhere.");
            assertThat(refusal(governance, Calls.call(key, "cheap", BODY.replace("100", "1000"), Calls.CHEAP))
                            .message())
                    .contains("may cost up to $0.00", "may cost $0.001.");
            Target unpriced = new Target("up/odd", "up", Dialect.OPENAI, "odd", Residency.EU, null);
            assertThat(refusal(governance, Calls.call(key, "odd", BODY, unpriced))
                            .message())
                    .contains("no price of up/odd is known", "rung prices import");
            Grant grant = governance.admit(Calls.call(key, "cheap", BODY, far, Calls.CHEAP));
            assertThat(grant.objection(far)).contains("far/cheap runs elsewhere");
            assertThat(grant.objection(Calls.CHEAP)).isNull();
            grant.settle(Calls.answered(Calls.CHEAP, 1, 1));
        }
    }

    @Test
    void an_answer_that_was_cut_off_is_charged_by_what_came_of_it() {
        Calls.rule(state, "global", "{\"budgets\":[\"$1/total\"]}");
        try (Governance governance = Calls.open(state)) {
            governance
                    .admit(Calls.call(null, "cheap", BODY, Calls.CHEAP))
                    .settle(Calls.ended(
                            Calls.CHEAP,
                            Settlement.End.CALLER_GONE,
                            new Settlement.Use.Reported(null, List.of(), 40, 120)));
            assertThat(rows(governance)).singleElement().satisfies(row -> {
                assertThat(row.outputTokens()).isEqualTo(40);
                assertThat(row.priceNote()).isEqualTo("estimated");
                assertThat(standing("global|usd|TOTAL").settled()).isEqualTo(row.price());
            });
        }
    }

    @Test
    void a_deployment_whose_configuration_names_another_price_has_that_one_at_once() {
        Target before = new Target("up/x", "up", Dialect.OPENAI, "x", Residency.EU, "acme/unheard-of");
        Target after = new Target("up/x", "up", Dialect.OPENAI, "x", Residency.EU, "acme/cheap");
        try (Governance governance = Calls.open(state)) {
            assertThat(governance.admit(Calls.call(null, "x", BODY, before)).settle(Calls.answered(before, 1, 1)))
                    .containsEntry("x-rung-price-usd", "unknown");
            assertThat(governance.admit(Calls.call(null, "x", BODY, after)).settle(Calls.answered(after, 1, 1)))
                    .containsEntry("x-rung-price-usd", "0.000003");
        }
    }

    @Test
    void the_later_usage_record_of_a_stream_takes_the_place_of_the_earlier() {
        Target claude = new Target("up/c", "up", Dialect.ANTHROPIC, "cheap", Residency.EU, "acme/cheap");
        try (Governance governance = Calls.open(state)) {
            governance
                    .admit(Calls.call(null, "cheap", BODY, claude))
                    .settle(Calls.ended(
                            claude,
                            Settlement.End.COMPLETE,
                            new Settlement.Use.Reported(
                                    "cheap",
                                    List.of(
                                            "{\"input_tokens\":10,\"cache_read_input_tokens\":5,\"output_tokens\":1}",
                                            "{\"output_tokens\":30}"),
                                    30,
                                    500)));
            assertThat(rows(governance)).singleElement().satisfies(row -> {
                assertThat(row.inputTokens()).isEqualTo(15);
                assertThat(row.cachedTokens()).isEqualTo(5);
                assertThat(row.outputTokens()).isEqualTo(30);
                assertThat(row.price()).isEqualTo(15_000_000L + 60_000_000L);
            });
        }
    }

    @Test
    void a_budget_that_is_new_knows_what_was_spent_before_it_was_there() throws InterruptedException {
        String key = Calls.key(state, "ci");
        try (Governance governance = Calls.open(state)) {
            governance.admit(call(key)).settle(Calls.answered(Calls.CHEAP, 900_000, 0));
            governance.writer().flush();
            Calls.rule(state, "key:ci", "{\"budgets\":[\"$0.90/day\"]}");
            await(() -> refused(governance, call(key)));
            assertThat(refusal(governance, call(key)).message()).contains("$0.9 are spent or reserved");
        }
    }

    @Test
    void no_secret_gets_into_any_file_and_content_is_kept_as_the_policy_says() throws IOException {
        String key = Calls.key(state, "ci");
        String planted = "sk-proj-PLANTEDPLANTEDPLANTED0123456789";
        String body = "{\"max_tokens\":5,\"messages\":[{\"content\":\"my key is " + planted
                + " and mail ada@example.org, card 4111 1111 1111 1111\"}]}";
        Calls.rule(state, "key:ci", "{\"content\":\"redacted\"}");
        try (Governance governance = Calls.open(state)) {
            Grant grant = governance.admit(Calls.call(key, "cheap", body, Calls.CHEAP));
            assertThat(grant.wantsReply()).isTrue();
            grant.settle(Calls.answered(Calls.CHEAP, 1, 1));
            assertThatThrownBy(() -> governance.admit(Calls.call(key + "x", "cheap", body, Calls.CHEAP)))
                    .isInstanceOf(Refused.class)
                    .extracting(Object::toString)
                    .asString()
                    .doesNotContain(key);
            assertThat(new String(rows(governance).getLast().asked(), StandardCharsets.UTF_8))
                    .isEqualTo(
                            "{\"max_tokens\":5,\"messages\":[{\"content\":\"my key is [key] and mail [mail], card [number]\"}]}");
        }
        String secret = key.substring(key.lastIndexOf('_') + 1);
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text).as(file.toString()).doesNotContain(secret, planted, "ada@example.org");
            }
        }
    }

    /** Spends without end, and says after each call what has been spent, and the time. */
    public static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path folder = Path.of(arguments[0]);
            try (Governance governance = Calls.open(folder)) {
                long calls = 0;
                while (true) {
                    Proposal call = Calls.call(null, "cheap", BODY, Calls.CHEAP);
                    Grant grant = governance.admit(call);
                    grant.settle(Calls.answered(Calls.CHEAP, 20, 10));
                    governance.admit(call); // and one that never ends
                    calls++;
                    System.out.println(calls + " " + System.currentTimeMillis());
                    Thread.sleep(1);
                }
            }
        }
    }

    @Test
    void after_a_kill_all_spending_is_known_and_at_most_a_tenth_of_a_second_of_rows_is_lost()
            throws IOException, InterruptedException {
        Calls.rule(state, "global", "{\"budgets\":[\"$1000/day\"]}");
        List<String> said = new ArrayList<>();
        try (Subprocess server = Subprocess.run(Server.class, state.toString())) {
            for (int i = 0; i < 400; i++) {
                said.add(server.line());
            }
            said.addAll(server.kill());
        }
        long calls = Long.parseLong(said.getLast().split(" ")[0]);
        long end = Long.parseLong(said.getLast().split(" ")[1]);
        try (Governance governance = Calls.open(state)) {
            SpendFile.Standing standing = standing("global|usd|DAY");
            // Each call spent 40 tokens' worth; the one beside it was under way and counts as spent.
            assertThat(standing.used()).isGreaterThanOrEqualTo(calls * 40_000_000L);
            assertThat(standing.used()).isEqualTo(standing.settled());
            List<RequestRow> rows = rows(governance);
            long newest = rows.stream().mapToLong(RequestRow::at).max().orElseThrow();
            assertThat(end - newest).as("milliseconds of rows that were lost").isBetween(0L, 100L);
            assertThat(rows).hasSizeGreaterThan((int) calls - 120);
        }
    }
}
