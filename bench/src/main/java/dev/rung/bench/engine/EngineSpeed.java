package dev.rung.bench.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures reading (prefill) and writing (decode) of the local engine, of the JNI class in the same jar, and of the bare C calls, in interleaved rounds on
 * one file.
 *
 * <p>Arguments: the model file, and the rounds, 7 by default. All contestants share llama.cpp's build and, loaded after Rung's engine, its OpenMP settings.
 */
public final class EngineSpeed {
    static final int CONTEXT = 1024;
    static final int DECODED = 64;
    private static final String STORY = "Once upon a time, in a small village by the sea, there lived";
    private static final String SENTENCE =
            " The ferry leaves the harbour at seven, passes the old lighthouse and comes back before the shops close.";

    private EngineSpeed() {}

    public static void main(String[] args) {
        if (args.length < 1) {
            System.err.println("arguments: MODEL_FILE [ROUNDS]");
            System.exit(2);
        }
        Path file = Path.of(args[0]);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        System.out.println(
                "| threads | what | clock | Rung | JNI class | llama_decode alone | Rung ÷ JNI class | Rung ÷ llama_decode alone |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int threads : new int[] {1, 2}) {
            measure(file, threads, rounds);
        }
    }

    private static void measure(Path file, int threads, int rounds) {
        RungContestant rung = new RungContestant(file, threads);
        int promptTokens = rung.tokens(text(0));
        List<Contestant> contestants =
                List.of(rung, new JniContestant(file, threads), new BareLoop(file, threads, promptTokens));
        Spent[][] reads = new Spent[contestants.size()][rounds];
        Spent[][] writes = new Spent[contestants.size()][rounds];
        try {
            for (int round = -1; round < rounds; round++) {
                for (int i = 0; i < contestants.size(); i++) {
                    Spent read = contestants.get(i).read(text(round)).dividedBy(promptTokens);
                    Spent written = contestants.get(i).decode(STORY, DECODED);
                    if (round >= 0) { // the first is for warming up
                        reads[i][round] = read;
                        writes[i][round] = written;
                    }
                }
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
        String reading = threads + " | prefill of " + promptTokens + " tokens";
        String writing = threads + " | decode of " + DECODED + " tokens";
        print(reading + " | wall", reads, Spent::wall);
        print(writing + " | wall", writes, Spent::wall);
        if (threads == 1) { // more of them wait for each other by computing
            print(reading + " | CPU", reads, Spent::cpu);
            print(writing + " | CPU", writes, Spent::cpu);
        }
    }

    // Begins anew each round, so that no one can have it in a cache.
    private static String text(int round) {
        return "Notice " + (char) ('B' + round) + "." + SENTENCE.repeat(12);
    }

    private static void print(String what, Spent[][] spent, ToDoubleFunction<Spent> clock) {
        double[][] speeds = new double[spent.length][];
        for (int i = 0; i < spent.length; i++) {
            speeds[i] = Arrays.stream(spent[i])
                    .mapToDouble(one -> 1 / clock.applyAsDouble(one))
                    .toArray();
        }
        StringBuilder line = new StringBuilder("| " + what);
        for (double[] one : speeds) {
            line.append(String.format(Locale.ROOT, " | %.1f", median(one)));
        }
        for (int other = 1; other < speeds.length; other++) {
            line.append(String.format(Locale.ROOT, " | %.2f", ratio(speeds[0], speeds[other])));
        }
        System.out.println(line + " |");
    }

    // Neighbours on the machine disturb all of a round alike, so the median of the rounds' ratios is steadier than the
    // ratio of medians.
    private static double ratio(double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
