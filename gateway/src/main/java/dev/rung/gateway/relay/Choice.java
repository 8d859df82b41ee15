package dev.rung.gateway.relay;

import dev.rung.gateway.config.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the deployments of a model.
 *
 * <p>Two are drawn at random by their weights and the one with less load is taken (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing,
 * 2001). Requests that share a prompt prefix go to the same deployment as long as it is well: the one with the highest weighted hash (Thaler and Ravishankar,
 * rendezvous hashing, 1998), so that most of them stay where they are when the list changes.
 */
final class Choice {
    private final Upstreams upstreams;

    Choice(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Returns one of {@code deployments} whose breakers let a call through, another than {@code failed} where there is one; null when there is none.
     *
     * @param affinity what requests with the same prefix have in common, or null
     */
    @Nullable
    Deployment among(List<Deployment> deployments, @Nullable String affinity, @Nullable Deployment failed, long now) {
        if (deployments.size() == 1) {
            Deployment only = deployments.getFirst();
            return isWell(only, now) ? only : null;
        }
        List<Deployment> well = new ArrayList<>(deployments.size());
        for (Deployment one : deployments) {
            if (!one.equals(failed) && isWell(one, now)) {
                well.add(one);
            }
        }
        if (well.isEmpty()) {
            return failed != null && isWell(failed, now) ? failed : null;
        }
        if (affinity != null) {
            return byHash(well, affinity);
        }
        Deployment one = drawn(well);
        Deployment other = drawn(well);
        return upstreams.health(one).load() <= upstreams.health(other).load() ? one : other;
    }

    private boolean isWell(Deployment deployment, long now) {
        return upstreams.health(deployment).restLeft(now) == 0;
    }

    private static Deployment drawn(List<Deployment> from) {
        int sum = 0;
        for (Deployment one : from) {
            sum += one.weight();
        }
        int at = ThreadLocalRandom.current().nextInt(sum);
        for (Deployment one : from) {
            at -= one.weight();
            if (at < 0) {
                return one;
            }
        }
        return from.getLast();
    }

    private static Deployment byHash(List<Deployment> from, String affinity) {
        Deployment best = from.getFirst();
        double highest = Double.NEGATIVE_INFINITY;
        for (Deployment one : from) {
            long mixed = mixed(((long) affinity.hashCode() << 32) ^ one.name().hashCode());
            double uniform = ((mixed >>> 11) + 1) * 0x1p-53;
            double score = -one.weight() / StrictMath.log(uniform);
            if (score > highest) {
                highest = score;
                best = one;
            }
        }
        return best;
    }

    // The finaliser of SplitMix64.
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
