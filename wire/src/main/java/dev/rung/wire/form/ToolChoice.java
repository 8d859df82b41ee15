package dev.rung.wire.form;

/** Whether the model is to call tools. */
public sealed interface ToolChoice {
    Place place();

    /** As it likes. */
    record Auto(Place place) implements ToolChoice {}

    /** Not at all. */
    record None(Place place) implements ToolChoice {}

    /** Some tool. */
    record Required(Place place) implements ToolChoice {}

    /** This function. */
    record Named(String name, Place place) implements ToolChoice {}
}
