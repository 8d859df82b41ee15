package dev.rung.gateway.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which deployment keeps which response, so that a request that goes on from it reaches the same one; thread-safe.
 *
 * <p>Keeps the last {@value #HALF} at least and twice as many at most: when the newer half is full it becomes the older one, which is forgotten.
 */
final class Homes {
    static final int HALF = 20_000;

    private volatile Map<String, String> newer = new ConcurrentHashMap<>();
    private volatile Map<String, String> older = Map.of();

    void keep(String response, String deployment) {
        if (newer.size() >= HALF) {
            turn();
        }
        newer.put(response, deployment);
    }

    private synchronized void turn() {
        if (newer.size() >= HALF) {
            older = newer;
            newer = new ConcurrentHashMap<>();
        }
    }

    /** Returns the name of the deployment, or null when it is not known any more. */
    @Nullable
    String of(String response) {
        String home = newer.get(response);
        return home != null ? home : older.get(response);
    }
}
