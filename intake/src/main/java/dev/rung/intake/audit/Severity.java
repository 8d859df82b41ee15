package dev.rung.intake.audit;

/** How much a finding matters. */
public enum Severity {
    /** Good to know. */
    NOTE,
    /** Likely to cost accuracy, or to mislead. */
    WARNING,
    /** Makes a certificate worthless, or the task impossible. */
    PROBLEM
}
