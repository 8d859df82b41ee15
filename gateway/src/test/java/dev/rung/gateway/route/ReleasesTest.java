package dev.rung.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.task.Output;
import dev.rung.core.task.TaskName;
import dev.rung.gateway.TestTasks;
import dev.rung.gateway.TestTasks.TestSolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private final Releases releases = new Releases();

    private static TestSolver solver(String answer) {
        return TestTasks.answering(input -> new Output.Text(answer));
    }

    private void promote(int number, TestSolver solver) {
        releases.promote(TestTasks.served("routing", number, TestTasks.labels(), solver));
    }

    private Loan borrow() {
        return Objects.requireNonNull(releases.borrow("routing"));
    }

    @Test
    void a_request_under_way_keeps_its_release_while_new_ones_get_the_new_one() {
        TestSolver old = solver("old");
        TestSolver fresh = solver("fresh");
        promote(1, old);
        try (Loan early = borrow()) {
            promote(2, fresh);
            try (Loan late = borrow()) {
                assertThat(early.served().solver().answer("?").output().text()).isEqualTo("old");
                assertThat(late.served().solver().answer("?").output().text()).isEqualTo("fresh");
                assertThat(late.served().release().id().value()).isEqualTo("routing-2");
            }
            assertThat(old.closed).hasValue(0);
        }
        assertThat(old.closed).hasValue(1);
        assertThat(fresh.closed).hasValue(0);
    }

    @Test
    void a_solver_that_nobody_uses_is_closed_at_once_when_it_is_replaced_or_withdrawn() {
        TestSolver first = solver("first");
        TestSolver second = solver("second");
        promote(1, first);
        promote(2, second);
        assertThat(first.closed).hasValue(1);
        releases.withdraw(new TaskName("routing"));
        releases.withdraw(new TaskName("routing"));
        assertThat(second.closed).hasValue(1);
        assertThat(releases.borrow("routing")).isNull();
        assertThat(releases.models()).isEmpty();
    }

    @Test
    void a_loan_that_is_closed_twice_counts_once() {
        TestSolver solver = solver("one");
        promote(1, solver);
        Loan first = borrow();
        Loan second = borrow();
        first.close();
        first.close();
        releases.close();
        assertThat(solver.closed).hasValue(0);
        second.close();
        assertThat(solver.closed).hasValue(1);
    }

    @Test
    void no_solver_is_used_after_it_is_closed_and_each_is_closed_once_while_releases_change_under_load()
            throws Exception {
        int promotions = 2_000;
        List<TestSolver> solvers = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        solvers.add(solver("0"));
        promote(0, solvers.getFirst());
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(callers.submit(() -> {
                    while (!over.get()) {
                        try (Loan loan = borrow()) {
                            loan.served().solver().answer("?"); // fails when closed before or meanwhile
                            answers.incrementAndGet();
                        }
                    }
                }));
            }
            for (int i = 1; i <= promotions; i++) {
                TestSolver next = solver(Integer.toString(i));
                solvers.add(next);
                promote(i, next);
            }
            over.set(true);
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        assertThat(answers).hasPositiveValue();
        assertThat(solvers.subList(0, promotions)).allMatch(solver -> solver.closed.get() == 1);
        assertThat(solvers.getLast().closed).hasValue(0);
        releases.close();
        assertThat(solvers.getLast().closed).hasValue(1);
    }

    @Test
    void a_release_is_only_served_for_its_own_task() {
        Served routing = TestTasks.routing();
        Served echo = TestTasks.echo();
        assertThatThrownBy(() -> new Served(routing.release(), echo.task(), echo.solver()))
                .hasMessageContaining("answers support-routing, not echo");
    }
}
