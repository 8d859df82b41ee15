package dev.rung.learn;

/**
 * A student's answer.
 *
 * @param label the chosen label
 * @param confidence the calibrated probability that it is right, from 0 to 1
 * @param outside the probability that the text is out of scope, from 0 to 1; 0 where the task has no such label
 */
public record Judgement(int label, double confidence, double outside) {}
