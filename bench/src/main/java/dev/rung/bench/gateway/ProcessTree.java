package dev.rung.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A process and all that it has started, as the system accounts for them.
 *
 * @param root the first of them
 */
record ProcessTree(ProcessHandle root) {
    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    /** Returns the processor time that they have used; of those that run still. */
    Duration cpu() {
        return all().map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns the resident memory in bytes, where the system tells it; otherwise 0. */
    long resident() throws IOException {
        long sum = 0;
        for (ProcessHandle one : all().toList()) {
            Path status = Path.of("/proc/" + one.pid() + "/status");
            if (Files.exists(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmRSS:")) {
                        sum += Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024;
                    }
                }
            }
        }
        return sum;
    }

    void end() {
        all().toList().reversed().forEach(ProcessHandle::destroy);
    }
}
