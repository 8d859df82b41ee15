package dev.rung.core.statistics;

/** A figure of clustered values that the bootstrap can take of other draws of the same clusters. */
public interface Resampled extends Weighted {
    /** Returns how many clusters there are. */
    int clusters();

    /** Returns the figure of all clusters as they are. */
    double all();

    /** Returns the figure without one cluster. */
    double without(int cluster);
}
