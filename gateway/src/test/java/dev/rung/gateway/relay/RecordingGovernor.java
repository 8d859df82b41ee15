package dev.rung.gateway.relay;

import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lets everything in and writes everything down. */
final class RecordingGovernor implements Governor {
    private final LinkedBlockingQueue<Proposal> proposals = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Settlement> settled = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Settlement> released = new LinkedBlockingQueue<>();

    @Override
    public Grant admit(Proposal proposal) {
        proposals.add(proposal);
        return new Grant() {
            @Override
            public Map<String, String> settle(Settlement settlement) {
                settled.add(settlement);
                return Map.of("x-rung-price-usd", "0.25");
            }

            @Override
            public void release(Settlement settlement) {
                released.add(settlement);
            }
        };
    }

    Proposal proposal() throws InterruptedException {
        return next(proposals);
    }

    Settlement settled() throws InterruptedException {
        return next(settled);
    }

    Settlement released() throws InterruptedException {
        return next(released);
    }

    boolean isQuiet() {
        return settled.isEmpty() && released.isEmpty();
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was written down");
        }
        return next;
    }
}
