package dev.rung.core.evidence;

import dev.rung.core.task.Requirement;

/**
 * The verdict on one part of a bar.
 *
 * @param n examples that bear on it
 */
public record RequirementVerdict(Requirement requirement, Verdict verdict, Estimate estimate, int n) {}
