package dev.rung.gateway.route;

import dev.rung.core.rung.Release;
import dev.rung.core.task.TaskName;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The promoted releases, one a task, which may change while requests are answered.
 *
 * <p>A promotion takes effect at once for new requests; requests under way finish on the release with which they began, and its solver is closed when
 * the last of them has ended. Owns the solvers that it is given. Thread-safe.
 */
public final class Releases implements AutoCloseable {
    private final Map<String, Loan.Shared> byModel = new ConcurrentHashMap<>();

    /** Makes {@code served} the release that answers its task from now on, in place of the one before. */
    public void promote(Served served) {
        Loan.Shared before = byModel.put(served.task().name().value(), new Loan.Shared(served));
        if (before != null) {
            before.giveBack();
        }
    }

    /** Stops answering {@code task}; a task that is not served is left so. */
    public void withdraw(TaskName task) {
        Loan.Shared before = byModel.remove(task.value());
        if (before != null) {
            before.giveBack();
        }
    }

    /** Returns the names of the tasks that are served, sorted. */
    public SortedSet<String> models() {
        return new TreeSet<>(byModel.keySet());
    }

    /** Tells whether a release answers {@code model}. */
    public boolean serves(String model) {
        return byModel.containsKey(model);
    }

    /** Returns the promoted releases by model name, sorted by it. */
    public SequencedMap<String, Release> promoted() {
        SequencedMap<String, Release> releases = new TreeMap<>();
        byModel.forEach((model, shared) -> releases.put(model, shared.served().release()));
        return Collections.unmodifiableSequencedMap(releases);
    }

    /** Returns the use of the release that answers {@code model}, or null when there is none; the caller closes the loan. */
    public @Nullable Loan borrow(String model) {
        while (true) {
            Loan.Shared shared = byModel.get(model);
            if (shared == null) {
                return null;
            }
            Loan loan = shared.lend();
            if (loan != null) {
                return loan;
            }
            // Replaced and closed between the two steps above: look again.
        }
    }

    /** Withdraws every release. */
    @Override
    public void close() {
        for (String model : models()) {
            withdraw(new TaskName(model));
        }
    }
}
