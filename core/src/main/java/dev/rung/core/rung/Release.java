package dev.rung.core.rung;

import dev.rung.core.Sha256;
import dev.rung.core.task.TaskName;
import java.time.Instant;

/** A certified solution with the hash of its certificate: the unit of promotion and rollback. */
public record Release(ReleaseId id, TaskName task, Solution solution, Sha256 certificate, Instant created) {}
