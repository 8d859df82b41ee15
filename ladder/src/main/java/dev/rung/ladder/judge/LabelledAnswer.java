package dev.rung.ladder.judge;

import dev.rung.core.data.ExampleId;

/**
 * An answer that people have judged.
 *
 * @param id where it stands
 * @param accepted whether people find it acceptable
 */
public record LabelledAnswer(ExampleId id, JudgedCase judged, boolean accepted) {}
