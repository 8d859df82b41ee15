package dev.rung.core.data;

/** Where an example stands: its file as the task names it, and its line there (the first of several), counted from 1. */
public record ExampleId(String source, long line) {
    @Override
    public String toString() {
        return source + ":" + line;
    }
}
