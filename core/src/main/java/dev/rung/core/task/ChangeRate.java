package dev.rung.core.task;

/** How often the task itself changes: what is asked, not the traffic. */
public enum ChangeRate {
    RARELY,
    MONTHLY,
    WEEKLY
}
