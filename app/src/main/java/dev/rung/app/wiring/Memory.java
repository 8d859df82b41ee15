package dev.rung.app.wiring;

import java.lang.management.ManagementFactory;

/** The memory of this machine. */
final class Memory {
    private static final long UNKNOWN = 4L << 30;

    private Memory() {}

    /** Returns half of it in bytes, which leaves the other half to everything else. */
    static long half() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() / 2
                : UNKNOWN / 2;
    }
}
