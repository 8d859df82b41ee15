package dev.rung.gateway.govern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.KeptReply;
import dev.rung.gateway.policy.Settlement;
import dev.rung.store.RequestRow;
import dev.rung.store.Traffic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What governance shows of itself, and replies that are given again under its rules. */
class WatchingTest {
    private static final String BODY = "{\"model\":\"cheap\",\"max_tokens\":100,\"messages\":[]}";
    private static final String REPLY =
            "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}";

    @TempDir
    private Path state;

    private static Settlement answered(Settlement.Use use) {
        return new Settlement(
                Calls.CHEAP,
                List.of(Calls.CHEAP.name()),
                200,
                null,
                Settlement.End.COMPLETE,
                use,
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                Bytes.of(REPLY.getBytes(StandardCharsets.UTF_8)),
                "application/json");
    }

    @Test
    void a_reply_that_is_given_again_costs_nothing_and_is_marked() {
        Calls.rule(state, "global", "{\"cache\":\"PT1H\",\"budgets\":[\"$1/day\"]}");
        try (Governance governance = Calls.open(state)) {
            Grant first = governance.admit(Calls.call(null, "cheap", BODY, Calls.CHEAP));
            assertThat(first.kept()).isNull();
            assertThat(first.wantsReply()).isTrue();
            assertThat(first.settle(answered(new Settlement.Use.Reported(
                            "cheap", List.of("{\"prompt_tokens\":9,\"completion_tokens\":2}"), 0, 100))))
                    .containsEntry("x-rung-cache", "miss");
            Grant second = governance.admit(Calls.call(null, "cheap", BODY, Calls.CHEAP));
            KeptReply kept = Objects.requireNonNull(second.kept());
            assertThat(kept.headers()).containsEntry("x-rung-cache", "hit");
            assertThat(new String(kept.body().array(), StandardCharsets.UTF_8))
                    .contains("\"prompt_tokens\":0", "\"completion_tokens\":0");
            second.settle(answered(new Settlement.Use.Nothing()));
            governance.writer().flush();
            try (Traffic traffic = Traffic.open(state)) {
                assertThat(traffic.requests().newest(2))
                        .extracting(RequestRow::cache)
                        .containsExactly("hit", "miss");
                assertThat(traffic.requests().newest(2))
                        .extracting(RequestRow::price)
                        .containsExactly(0L, 13_000_000L);
            }
            assertThat(governance.metrics())
                    .contains("cache=\"hit\"} 1\n", "rung_cache_hits_total 1\n", "rung_cache_misses_total 1\n");
            assertThat(governance.debug().array("limits").toString()).contains("\"settled\":\"$0.000013\"");
        }
    }

    @Test
    void an_administrator_sees_calls_under_way_and_no_secret() {
        String key = Calls.key(state, "ci");
        try (Governance governance = Calls.open(state)) {
            Grant grant = governance.admit(Calls.call(key, "cheap", BODY, Calls.CHEAP));
            Json.Obj debug = governance.debug();
            assertThat(debug.array("under_way")).singleElement().satisfies(call -> {
                assertThat(((Json.Obj) call).string("key")).isEqualTo("ci");
                assertThat(((Json.Obj) call).string("model")).isEqualTo("cheap");
            });
            assertThat(debug.canonical()).doesNotContain(key).contains("\"keys_needed\":true");
            assertThat(governance.metrics()).contains("rung_requests_under_way 1\n");
            grant.release(Calls.ended(Calls.CHEAP, Settlement.End.FAILED, new Settlement.Use.Nothing()));
            assertThat(governance.debug().array("under_way")).isEmpty();
        }
    }
}
