package dev.rung.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;

/**
 * What something took: seconds on the clock, and seconds of this process on any processor, which neighbours on the machine disturb less.
 */
record Spent(double wall, double cpu) {
    private static final OperatingSystemMXBean SYSTEM =
            Objects.requireNonNull(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));

    /** Returns what time it is, on both clocks. */
    static Spent now() {
        return new Spent(System.nanoTime() / 1e9, SYSTEM.getProcessCpuTime() / 1e9);
    }

    Spent since(Spent start) {
        return new Spent(wall - start.wall, cpu - start.cpu);
    }

    Spent dividedBy(int count) {
        return new Spent(wall / count, cpu / count);
    }
}
