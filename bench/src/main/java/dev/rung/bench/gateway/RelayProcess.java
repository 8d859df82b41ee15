package dev.rung.bench.gateway;

import dev.rung.app.wiring.Logging;
import dev.rung.app.wiring.Serving;
import dev.rung.app.wiring.Wiring;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.govern.GovernanceConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The gateway as {@code rung serve} wires it, in a process of its own.
 *
 * <p>Arguments: the state folder and the configuration file. Prints its port; then answers each line of its standard input: {@code allocated} by the bytes that all threads have
 * allocated, {@code heap} by those in use after a collection. Ends with its standard input.
 */
final class RelayProcess {
    private RelayProcess() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Wiring wiring = new Wiring(Path.of(args[0]), System.getenv(), Clock.systemUTC());
                Serving serving = Serving.start(
                        wiring,
                        GatewayConfig.DEFAULTS.at("127.0.0.1", 0),
                        Path.of(args[1]),
                        GovernanceConfig.DEFAULTS,
                        new Logging(null, lines -> {}),
                        RelayProcess::say)) {
            System.out.println(serving.port());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(line.equals("heap") ? heap() : allocated());
            }
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
