package dev.rung.bench.engine;

import dev.rung.models.llama.GenerationOptions;
import dev.rung.models.llama.LlamaModel;
import dev.rung.models.llama.LlamaSession;
import dev.rung.models.llama.SessionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures decoding beside busy neighbours, with fixed numbers of threads and with the number that the engine finds, in interleaved rounds.
 *
 * <p>Arguments: the model file, and the rounds, 7 by default. Neighbours are as many computing threads as there are processors, in this process.
 */
public final class BusyNeighbours {
    private static final int TOKENS = 64;

    private BusyNeighbours() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length < 1) {
            System.err.println("arguments: MODEL_FILE [ROUNDS]");
            System.exit(2);
        }
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        int processors = Runtime.getRuntime().availableProcessors();
        try (LlamaModel model = LlamaModel.load(Path.of(args[0]))) {
            List<LlamaSession> sessions = List.of(
                    model.open(new SessionOptions(EngineSpeed.CONTEXT, 1)),
                    model.open(new SessionOptions(EngineSpeed.CONTEXT, processors)),
                    model.open(new SessionOptions(EngineSpeed.CONTEXT, 0)));
            System.out.println("| neighbours | 1 thread | " + processors + " threads | as the engine chooses |");
            System.out.println("| --- | --- | --- | --- |");
            for (int neighbours : new int[] {0, processors}) {
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> busy = new ArrayList<>();
                for (int i = 0; i < neighbours; i++) {
                    busy.add(Thread.ofPlatform().daemon().start(() -> compute(over)));
                }
                double[][] speeds = new double[sessions.size()][rounds];
                for (int round = -1; round < rounds; round++) {
                    for (int i = 0; i < speeds.length; i++) {
                        double speed = speed(model, sessions.get(i));
                        if (round >= 0) {
                            speeds[i][round] = speed;
                        }
                    }
                }
                over.set(true);
                for (Thread thread : busy) {
                    thread.join();
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.1f | %.1f | %.1f |%n",
                        neighbours,
                        median(speeds[0]),
                        median(speeds[1]),
                        median(speeds[2]));
            }
        }
    }

    private static double speed(LlamaModel model, LlamaSession session) {
        int[] prompt = model.tokens("Once upon a time, in a small village by the sea, there lived");
        session.generate(prompt, GenerationOptions.greedy(1), piece -> {});
        long start = System.nanoTime();
        int tokens = session.generate(prompt, GenerationOptions.greedy(TOKENS), piece -> {})
                .tokens();
        return tokens * 1e9 / (System.nanoTime() - start);
    }

    private static void compute(AtomicBoolean over) {
        double x = 1;
        while (!over.get()) {
            for (int i = 0; i < 10_000; i++) {
                x = Math.sqrt(x + i);
            }
        }
        if (Double.isNaN(x)) {
            throw new IllegalStateException();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
