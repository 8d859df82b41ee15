package dev.rung.bench.gateway;

import dev.rung.app.wiring.Logging;
import dev.rung.app.wiring.Serving;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.model.Encoder;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.models.embed.BgeSmallEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

/**
 * Measures a promoted student's answers over HTTP against the forward pass of its encoder by itself, in turns, in one process, on one connection.
 *
 * <p>Arguments: the state folder, the task with a promoted student, rounds (9), texts a round (200). Each text is new, so that no cache helps; both sides get texts of the same length.
 */
public final class StudentServed {
    private static final String TEXT = "I have been charged twice for the order that came on monday, number %d-%d";

    private StudentServed() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        String task = args[1];
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 9;
        int texts = args.length > 3 ? Integer.parseInt(args[3]) : 200;
        double[] floor = new double[rounds];
        double[] served = new double[rounds];
        try (Wiring wiring = new Wiring(home, System.getenv(), Clock.systemUTC());
                Encoder encoder = BgeSmallEncoder.load(
                        wiring.modelStore().folder().resolve(BgeSmallEncoder.ID.value()),
                        wiring.threads(),
                        wiring.catalog().machine());
                Serving serving = Serving.start(
                        wiring,
                        GatewayConfig.DEFAULTS.at("127.0.0.1", 0),
                        null,
                        GovernanceConfig.DEFAULTS,
                        new Logging(null, lines -> {}),
                        line -> {})) {
            while (serving.releases().isEmpty()) {
                Thread.sleep(50);
            }
            for (int round = -3; round < rounds; round++) { // three of warm-up
                double one = encodes(encoder, round, texts);
                double other = answers(serving.port(), task, round, texts);
                if (round >= 0) {
                    floor[round] = one;
                    served[round] = other;
                }
            }
        }
        double[] ratios = new double[rounds];
        Arrays.setAll(ratios, i -> served[i] / floor[i]);
        System.out.printf(
                "encoder alone %.3f ms, answered by the student over HTTP %.3f ms (medians of %d rounds of the median of %d); ratio %.3f, from %.3f to %.3f%n",
                middle(floor),
                middle(served),
                rounds,
                texts,
                middle(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
    }

    private static double encodes(Encoder encoder, int round, int texts) {
        double[] times = new double[texts];
        for (int i = 0; i < texts; i++) {
            long began = System.nanoTime();
            encoder.features(TEXT.formatted(round + 10, 10_000 + i));
            times[i] = (System.nanoTime() - began) / 1e6;
        }
        return middle(times);
    }

    private static double answers(int port, String task, int round, int texts) throws Exception {
        double[] times = new double[texts];
        try (RawConnection connection = new RawConnection(port, new byte[0])) {
            for (int i = 0; i < texts; i++) {
                byte[] request = RawConnection.ask(task, TEXT.formatted(round + 10, 50_000 + i));
                times[i] = connection.exchange(request) / 1e6;
            }
        }
        return middle(times);
    }

    private static double middle(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
