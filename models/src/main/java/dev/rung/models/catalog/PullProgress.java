package dev.rung.models.catalog;

/** Where a pull says how far it is; called from the pulling thread. */
@FunctionalInterface
public interface PullProgress {
    PullProgress NONE = (what, done, total) -> {};

    /** Says what is being done; {@code done} of {@code total} bytes, or 0 of 0 while that is not known. */
    void at(String what, long done, long total);
}
