package dev.rung.gateway.route;

import dev.rung.core.model.Tenant;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solver;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads on which solvers answer; thread-safe.
 *
 * <p>Solvers compute, often in native code. On virtual threads, of which only as many run at once as there are processors, and each until it blocks, a
 * burst of questions would keep everything else waiting: the reading of requests, the writing of streams, and the question whether the server is in health.
 * The operating system shares the processors out between platform threads.
 */
public final class Answering implements AutoCloseable {
    private static final Duration SPARE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    /** Makes room for {@code most} answers at once; the caller never asks for more. */
    public Answering(int most) {
        threads = new ThreadPoolExecutor(
                0,
                most,
                SPARE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("gateway-answer-", 0).factory());
    }

    /** Makes room for {@code most} answers at once where there was less. */
    public void grow(int most) {
        threads.setMaximumPoolSize(Math.max(most, threads.getMaximumPoolSize()));
    }

    /** Returns the solver's answer to {@code tenant}; what the solver throws is thrown here. */
    public Answer answer(Solver solver, String input, String tenant) {
        Future<Answer> answer = threads.submit(() -> Tenant.asking(tenant, () -> solver.answer(input)));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true; // the solver is at work and uses the loan: it is waited for
                }
            }
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException("the solver failed", failure);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
