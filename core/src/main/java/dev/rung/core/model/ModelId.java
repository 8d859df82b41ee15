package dev.rung.core.model;

/** The name of a model in the catalog, such as {@code smollm2-135m}. */
public record ModelId(String value) {
    public ModelId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a model needs a name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
