package dev.rung.gateway.log;

import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Release;

/** A question that reached a release, and what the release answered. */
public record Answered(Release release, String input, Answer answer) {}
