package dev.rung.bench.gateway;

import java.util.Locale;

/**
 * What one measurement came to.
 *
 * @param cpuMicros processor time of the gateway a request; 0 where it was not looked at
 * @param allocated bytes a request; 0 likewise
 */
record Measurement(Load.Result result, double cpuMicros, double allocated) {

    double p50() {
        return result.whole().millis(0.5);
    }

    double firstByteP50() {
        return result.firstByte().millis(0.5);
    }

    /** Returns the members of a JSON object. */
    String fields() {
        return String.format(
                Locale.ROOT,
                "\"requests\":%d,\"per_second\":%.1f,\"p50_ms\":%.4f,\"p90_ms\":%.4f,\"p99_ms\":%.4f,\"first_byte_p50_ms\":%.4f,\"first_byte_p99_ms\":%.4f,\"cpu_us\":%.2f,\"allocated_bytes\":%.0f",
                result.whole().count(),
                result.perSecond(),
                p50(),
                result.whole().millis(0.9),
                result.whole().millis(0.99),
                firstByteP50(),
                result.firstByte().millis(0.99),
                cpuMicros,
                allocated);
    }
}
