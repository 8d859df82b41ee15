package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.RungException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {
    @Test
    void any_number_of_attempts_never_draws_more_than_the_total() {
        ErrorBudget budget = new ErrorBudget(0.05, List.of());
        double drawn = 0;
        for (int k = 1; k <= 1000; k++) {
            Draw draw = budget.draw("attempt " + k, 1.0 / (k + 1));
            assertThat(draw.alpha()).isEqualTo(0.05 / ((double) k * (k + 1)), within(1e-12));
            drawn += draw.alpha();
        }
        assertThat(drawn).isLessThan(0.05).isGreaterThan(0.0499);
        assertThat(budget.left()).isEqualTo(0.05 / 1001, within(1e-12));
    }

    @Test
    void draws_survive_a_restart_and_an_attempt_that_goes_on_draws_nothing_more() {
        ErrorBudget first = new ErrorBudget(0.05, List.of());
        Draw one = first.draw("one", 0.5);
        ErrorBudget later = new ErrorBudget(
                0.05, List.of(Draw.fromJson(first.draws().getFirst().toJson())));
        assertThat(later.draw("one", 0.5)).isEqualTo(one);
        assertThat(later.draws()).hasSize(1);
        assertThat(later.draw("two", 0.5).order()).isEqualTo(2);
        assertThat(later.draw("two", 0.5).alpha()).isEqualTo(0.0125, within(1e-12));
    }

    @Test
    void a_budget_that_is_spent_says_what_to_do() {
        ErrorBudget lowered = new ErrorBudget(0.01, List.of(new Draw(1, "one", 0.025)));
        assertThat(lowered.left()).isZero();
        assertThatThrownBy(() -> lowered.draw("two", 0.5))
                .isInstanceOf(RungException.Unavailable.class)
                .hasMessageContaining("add fresh sealed examples");
    }

    @Test
    void a_gap_in_the_recorded_draws_is_refused() {
        assertThatThrownBy(() -> new ErrorBudget(0.05, List.of(new Draw(2, "two", 0.01))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
