package dev.rung.core.task;

/** How many requests a month the task expects. */
public record Volume(long requestsPerMonth) {
    public Volume {
        if (requestsPerMonth < 0) {
            throw new IllegalArgumentException("a volume is not negative: " + requestsPerMonth);
        }
    }
}
