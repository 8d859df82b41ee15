package dev.rung.core.data;

import dev.rung.core.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The examples that certify, behind an object that logs each access before it hands over a row.
 *
 * <p>Rows come in the order given, which must be fixed beforehand and independent of the content (a keyed hash of the example), so that stopping early is
 * fair. Not thread-safe.
 */
public final class SealedExamples {
    private final List<Example> examples;
    private final Sha256 hash;
    private final AccessLog log;

    public SealedExamples(List<Example> examples, Sha256 hash, AccessLog log) {
        this.examples = List.copyOf(examples);
        this.hash = hash;
        this.log = log;
    }

    /** Where accesses are written down; an access that cannot be written down must throw. */
    @FunctionalInterface
    public interface AccessLog {
        /** Records that {@code purpose} sees the row at {@code index}. */
        void opened(String purpose, int index, Example example);
    }

    public int size() {
        return examples.size();
    }

    /** Returns the hash of all rows in order; knowing it is no access. */
    public Sha256 hash() {
        return hash;
    }

    /** Returns by what the rows are recognised in other sealed sets ({@link RowMarks}); knowing it is no access. */
    public Set<Sha256> marks() {
        Set<Sha256> marks = new HashSet<>();
        examples.forEach(example -> marks.addAll(RowMarks.of(example)));
        return marks;
    }

    /** Returns how many rows have one of {@code marks}; knowing it is no access. */
    public int count(Set<Sha256> marks) {
        return (int) examples.stream()
                .filter(example -> RowMarks.of(example).stream().anyMatch(marks::contains))
                .count();
    }

    /** Returns the row at {@code index}, from 0, after the access is logged for {@code purpose}. */
    public Example open(int index, String purpose) {
        Example example = examples.get(index);
        log.opened(purpose, index, example);
        return example;
    }
}
