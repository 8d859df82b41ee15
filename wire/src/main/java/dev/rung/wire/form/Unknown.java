package dev.rung.wire.form;

import dev.rung.core.json.Json;

/** A member that the reader of a dialect does not know; it survives within the dialect. */
public record Unknown(Place place, Json value) {}
