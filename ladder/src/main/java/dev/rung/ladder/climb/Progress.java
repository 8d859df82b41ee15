package dev.rung.ladder.climb;

/** Where long work says what it is doing; thread-safe. */
@FunctionalInterface
public interface Progress {
    /** Says what is being done, and how far it is: {@code done} of {@code total}, or a total of 0 when that is not known. */
    void at(String what, long done, long total);

    Progress NONE = (what, done, total) -> {};
}
