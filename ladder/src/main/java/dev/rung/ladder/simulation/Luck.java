package dev.rung.ladder.simulation;

/**
 * One world: how difficult each question is, and which questions have a wrong label.
 *
 * <p>A solver of accuracy p gets a question right when a number from [0, 1) lies below p. On a share {@code together} of the questions that number is the question's own difficulty, so that
 * all solvers fail on the same hard ones; on the others it is the solver's own. A question with a wrong label counts as wrong for every solver; p counts those as well.
 *
 * @param together from 0 (solvers fail independently) to 1 (the weaker one fails wherever the stronger does)
 * @param noise the share of wrong labels
 */
record Luck(long seed, double together, double noise) {
    /** Tells whether a solver of this accuracy, with luck of its own, is right on a question. */
    boolean right(double accuracy, long own, int question) {
        if (noise > 0 && Chance.at(seed, 2L * question + 1) < noise) {
            return false;
        }
        return hardness(own, question) < accuracy / (1 - noise);
    }

    /** Returns the number from [0, 1) that decides whether the solver is right: the lower, the easier the question is for it. */
    double hardness(long own, int question) {
        boolean shared = together > 0 && Chance.at(own, 3L * question) < together;
        return shared ? Chance.at(seed, 2L * question) : Chance.at(own, 3L * question + 1);
    }
}
