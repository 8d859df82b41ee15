package dev.rung.gateway.relay;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The keys of one upstream, of which one is in use until it is refused; thread-safe.
 *
 * <p>Prompt caches belong to a key's account, so that keys do not take turns without need.
 */
final class KeyRing {
    private final List<String> keys;
    private final AtomicLongArray quietUntil;
    private final AtomicInteger current = new AtomicInteger();

    KeyRing(List<String> keys) {
        this.keys = List.copyOf(keys);
        this.quietUntil = new AtomicLongArray(keys.size());
        long now = System.nanoTime();
        for (int i = 0; i < keys.size(); i++) {
            quietUntil.set(i, now);
        }
    }

    int size() {
        return keys.size();
    }

    List<String> keys() {
        return keys;
    }

    /** Returns the place of the key to use, the one that may be used again first when all were refused; -1 when there are no keys at all. */
    int choose(long now) {
        if (keys.isEmpty()) {
            return -1;
        }
        int start = current.get();
        int best = start;
        for (int i = 0; i < keys.size(); i++) {
            int at = (start + i) % keys.size();
            if (quietUntil.get(at) - now <= 0) {
                if (at != start) {
                    current.compareAndSet(start, at);
                }
                return at;
            }
            if (quietUntil.get(at) - quietUntil.get(best) < 0) {
                best = at;
            }
        }
        return best;
    }

    /** Returns how many keys rest because they were refused. */
    int resting(long now) {
        int resting = 0;
        for (int i = 0; i < keys.size(); i++) {
            resting += quietUntil.get(i) - now > 0 ? 1 : 0;
        }
        return resting;
    }

    String key(int at) {
        return keys.get(at);
    }

    /** Notes that a key was refused and is to rest; tells whether another one can be used now. */
    boolean refused(int at, long now, long nanos) {
        quietUntil.set(at, now + nanos);
        for (int i = 0; i < keys.size(); i++) {
            if (quietUntil.get(i) - now <= 0) {
                return true;
            }
        }
        return false;
    }
}
