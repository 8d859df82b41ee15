package dev.rung.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void rules_are_read_back_as_they_were_written() {
        String text =
                "{\"budgets\":[\"$5/day\",\"2000000 tokens/month\",\"100 requests/total\"],\"rates\":[\"60 requests/min burst 10\"],"
                        + "\"models\":[\"gpt-5*\"],\"data\":\"eu\",\"max_price\":\"$0.1\",\"content\":\"redacted\",\"cache\":\"PT1H\"}";
        Rules rules = Rules.of((Json.Obj) JsonText.parse(text));
        assertThat(rules.json().compact()).isEqualTo(text);
        assertThat(rules.budgets().getFirst()).isEqualTo(new Budget(Measure.MONEY, Period.DAY, 5_000_000_000_000L));
        assertThat(Rules.of(Rules.NONE.json())).isEqualTo(Rules.NONE);
        assertThat(Rules.duration("7d")).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5/day",
                "$5",
                "$-1/day",
                "$5/week",
                "10 apples/day",
                "$99999999999/day",
                "999999999999999999 tokens/day"
            })
    void a_budget_of_another_form_is_refused(String text) {
        assertThatThrownBy(() -> Budget.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60/min", "0 requests/min", "60 requests/hour", "$5/min"})
    void a_rate_of_another_form_is_refused(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void money_is_rounded_up_and_never_away() {
        assertThat(Money.of(Usd.of("0.0000000000001"))).isEqualTo(1);
        assertThat(Money.of(Usd.of("1.5"))).isEqualTo(1_500_000_000_000L);
        assertThat(Money.usd(1_500_000_000_000L)).isEqualTo(Usd.of("1.5"));
        assertThat(Money.of(Usd.of("99999999999999"))).isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void days_and_months_begin_and_end_in_utc() {
        long now = Instant.parse("2026-02-28T23:59:59Z").getEpochSecond();
        assertThat(Instant.ofEpochSecond(Period.DAY.start(now))).isEqualTo(Instant.parse("2026-02-28T00:00:00Z"));
        assertThat(Period.DAY.end(now)).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(Instant.ofEpochSecond(Period.MONTH.start(now))).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(Period.MONTH.end(now)).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(Period.TOTAL.end(now)).isEmpty();
    }

    @Test
    void a_bucket_gives_its_burst_at_once_and_then_its_rate() {
        TokenBucket bucket = new TokenBucket(Rate.parse("60 requests/min burst 3"));
        long now = -5 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(1, now)).isZero();
        }
        assertThat(bucket.take(1, now)).isEqualTo(SECOND);
        assertThat(bucket.take(1, now + SECOND - 1)).isEqualTo(1);
        assertThat(bucket.take(1, now + SECOND)).isZero();
        assertThat(bucket.take(1, now + SECOND)).isEqualTo(SECOND);
        assertThat(bucket.take(3, now + 100 * SECOND)).isZero();
        assertThat(bucket.take(1, now + 100 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void more_than_the_burst_is_taken_from_a_full_bucket_and_what_was_not_used_comes_back() {
        TokenBucket bucket = new TokenBucket(Rate.parse("60000 tokens/min burst 1000"));
        assertThat(bucket.take(5_000, 0)).isZero();
        assertThat(bucket.take(1, 0)).isEqualTo(4_001_000_000L);
        bucket.adjust(-4_500);
        assertThat(bucket.take(500, 0)).isZero();
        assertThat(bucket.take(1, 0)).isEqualTo(1_000_000);
    }

    @Test
    void scopes_have_names_of_one_form() {
        for (String good : List.of("global", "key:ci", "team:search-eu", "user:ada@example.org", "tag:nightly")) {
            assertThat(Scopes.checked(good)).isEqualTo(good);
        }
        for (String bad : List.of("", "everybody", "key:", "team:a b", "tag:a|b", "tag:a,b")) {
            assertThatThrownBy(() -> Scopes.checked(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
