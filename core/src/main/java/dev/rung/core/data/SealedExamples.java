package dev.rung.core.data;

import dev.rung.core.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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

    /** Returns these rows without those that have one of {@code marks}, and without their duplicates; knowing which they are is no access. */
    public SealedExamples without(Set<Sha256> marks) {
        Set<Sha256> gone = new HashSet<>(marks);
        for (Example example : examples) {
            if (RowMarks.of(example).stream().anyMatch(marks::contains)) {
                gone.addAll(RowMarks.of(example));
            }
        }
        List<Example> rest = new ArrayList<>();
        StringBuilder left = new StringBuilder();
        for (int index = 0; index < examples.size(); index++) {
            if (RowMarks.of(examples.get(index)).stream().anyMatch(gone::contains)) {
                left.append(' ').append(index);
            } else {
                rest.add(examples.get(index));
            }
        }
        return left.isEmpty() ? this : new SealedExamples(rest, Sha256.of(hash + " without" + left), log);
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

    /** Returns where the rows with these places stand in the order; knowing it is no access. */
    public List<Integer> indices(Set<ExampleId> places) {
        return IntStream.range(0, examples.size())
                .filter(index -> places.contains(examples.get(index).id()))
                .boxed()
                .toList();
    }

    /** Returns the row at {@code index}, from 0, after the access is logged for {@code purpose}. */
    public Example open(int index, String purpose) {
        Example example = examples.get(index);
        log.opened(purpose, index, example);
        return example;
    }
}
