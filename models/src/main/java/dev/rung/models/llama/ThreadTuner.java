package dev.rung.models.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Picks how many threads compute, by what is measured while real work is done.
 *
 * <p>llama.cpp's threads wait for each other by spinning after every operation of the network. When a neighbour holds a core, the others burn theirs
 * waiting for the one that does not run, and fewer threads are faster: the best number depends on who else is there, and changes. So now and then one
 * batch is computed with the next lower or higher number; when it was clearly faster, that becomes the number. While trials lose they become rare; when
 * the current number gets slower than it was they become frequent again. Batches of different sizes are judged apart. The numbers of threads tried never
 * change an answer: each output is summed by one thread whatever their number.
 *
 * <p>Not thread-safe.
 */
final class ThreadTuner {
    private static final int FIRST_TRIAL = 4;
    private static final int RAREST_TRIAL = 512;
    private static final int OFTEN = 16;
    private static final int WINDOW = 5;
    private static final double CLEARLY_FASTER = 0.9;
    private static final double CLEARLY_SLOWER = 1.4;

    // Upper ends of the classes of batch sizes, in tokens.
    private static final int[] CLASS_ENDS = {1, 4, 16, 64, Integer.MAX_VALUE};

    private final List<Integer> numbers;
    private final SizeClass[] classes = new SizeClass[CLASS_ENDS.length];

    /** Tries numbers from {@code most} down to 1, halving. */
    static ThreadTuner upTo(int most) {
        List<Integer> numbers = new ArrayList<>();
        for (int n = most; n >= 1; n /= 2) {
            numbers.add(n);
        }
        return new ThreadTuner(numbers);
    }

    /** Always answers {@code number}. */
    static ThreadTuner fixed(int number) {
        return new ThreadTuner(List.of(number));
    }

    private ThreadTuner(List<Integer> numbers) {
        this.numbers = List.copyOf(numbers);
        Arrays.setAll(classes, i -> new SizeClass());
    }

    int most() {
        return numbers.getFirst();
    }

    /** Returns the number of threads for the next batch, of {@code tokens}. */
    int choose(int tokens) {
        return numbers.get(sizeClass(tokens).choose());
    }

    /** Tells how long the batch took for which {@link #choose} was asked last. */
    void measured(int tokens, long nanoseconds) {
        sizeClass(tokens).measured(nanoseconds / (double) tokens);
    }

    private SizeClass sizeClass(int tokens) {
        int i = 0;
        while (tokens > CLASS_ENDS[i]) {
            i++;
        }
        return classes[i];
    }

    private final class SizeClass {
        private final double[] recent = new double[WINDOW];
        private int current;
        private int trial = -1;
        private int downwards = 1;
        private long batches;
        private long nextTrial = FIRST_TRIAL;
        private long interval = OFTEN;
        private double usual = Double.NaN;

        int choose() {
            trial = -1;
            if (numbers.size() > 1 && batches >= nextTrial) {
                trial = neighbour();
                return trial;
            }
            return current;
        }

        // Alternates between the next lower and the next higher number where both exist.
        private int neighbour() {
            downwards = -downwards;
            int next = current - downwards;
            return next >= 0 && next < numbers.size() ? next : current + downwards;
        }

        void measured(double costPerToken) {
            batches++;
            if (trial < 0) {
                recent[(int) (batches % WINDOW)] = costPerToken;
                watch();
                return;
            }
            if (costPerToken < CLEARLY_FASTER * median()) {
                current = trial;
                Arrays.fill(recent, costPerToken);
                usual = Double.NaN;
                interval = OFTEN;
            } else {
                interval = Math.min(RAREST_TRIAL, interval * 2);
            }
            nextTrial = batches + interval;
        }

        // Compares with the cost when the number was chosen: a neighbour that came or went shows as a change.
        private void watch() {
            double now = median();
            if (batches < WINDOW || now == 0) {
                return;
            }
            if (Double.isNaN(usual) || now < usual) {
                usual = now;
            } else if (now > CLEARLY_SLOWER * usual && interval > OFTEN) {
                usual = now;
                interval = OFTEN;
                nextTrial = Math.min(nextTrial, batches + 1);
            }
        }

        private double median() {
            double[] sorted = recent.clone();
            Arrays.sort(sorted);
            return sorted[WINDOW / 2];
        }
    }
}
