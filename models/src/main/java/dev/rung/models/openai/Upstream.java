package dev.rung.models.openai;

import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import dev.rung.models.catalog.Engine;
import dev.rung.models.egress.DeadlineExceeded;
import dev.rung.models.egress.Egress;
import dev.rung.models.egress.EgressRequest;
import dev.rung.models.egress.RetryBudget;
import dev.rung.models.egress.Timeouts;
import dev.rung.models.egress.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One server: at most so many requests at once, each asked again while that makes sense; thread-safe. */
final class Upstream {
    private static final int LARGEST_REPLY = 64 << 20;

    private final Engine.OpenAi server;
    private final Residency place;
    private final @Nullable String key;
    private final Egress egress;
    private final Patience patience;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Semaphore places;
    private final RetryBudget budget = new RetryBudget();
    // As System.nanoTime tells it: until then the server has asked to be left alone, by all of us.
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    Upstream(
            Engine.OpenAi server,
            Residency place,
            @Nullable String key,
            Egress egress,
            Patience patience,
            RandomGenerator random,
            InstantSource clock) {
        this.server = server;
        this.place = place;
        this.key = key;
        this.egress = egress;
        this.patience = patience;
        this.random = random;
        this.clock = clock;
        this.places = new Semaphore(server.concurrency(), true);
    }

    /** A reply, and how long the server took for it; waits and failed attempts are not in it. */
    record Timed(ChatReply reply, Duration time) {}

    Timed ask(ChatRequest request) {
        String body = request.toJson(server).compact();
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return attempts(body, System.nanoTime() + patience.total().toNanos());
        } finally {
            places.release();
        }
    }

    private Timed attempts(String body, long deadline) {
        Duration backoff = patience.firstBackoff();
        for (int attempt = 1; ; attempt++) {
            sleepUntil(quietUntil.get(), deadline);
            long start = System.nanoTime();
            Outcome outcome = attempt(body, deadline - start);
            switch (outcome) {
                case Outcome.Answered(ChatReply reply) -> {
                    budget.succeeded();
                    return new Timed(reply, Duration.ofNanos(System.nanoTime() - start));
                }
                case Outcome.Final(RungException why) -> throw why;
                case Outcome.Again(String why, boolean reachable, boolean told, Duration floor) -> {
                    if (attempt == patience.attempts() || (!told && !budget.take())) {
                        throw givenUp(why, reachable, attempt);
                    }
                    Duration wait = longer(floor, jittered(backoff));
                    if (told) {
                        quietUntil.accumulateAndGet(System.nanoTime() + wait.toNanos(), Upstream::later);
                    }
                    if (System.nanoTime() + wait.toNanos() - deadline > 0) {
                        throw givenUp(
                                why + "; waiting another " + wait.toMillis() + " ms would take too long",
                                reachable,
                                attempt);
                    }
                    sleepUntil(System.nanoTime() + wait.toNanos(), deadline);
                    Duration doubled = backoff.multipliedBy(2);
                    backoff = doubled.compareTo(patience.longestBackoff()) > 0 ? patience.longestBackoff() : doubled;
                }
            }
        }
    }

    private Outcome attempt(String body, long nanosLeft) {
        if (nanosLeft <= 0) {
            return new Outcome.Final(new RungException.Failed(server.baseUrl() + " did not answer within "
                    + patience.total().toSeconds() + " s"));
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        URI uri = URI.create(server.baseUrl() + "/chat/completions");
        Timeouts timeouts = new Timeouts(patience.silence(), Duration.ofNanos(nanosLeft));
        Outcomes outcomes = new Outcomes(server, key);
        try {
            return egress.exchange(
                    EgressRequest.postJson(uri, place, headers, body, timeouts),
                    reply -> outcomes.of(reply, reply.bytes(LARGEST_REPLY), clock.instant()));
        } catch (DeadlineExceeded e) {
            return new Outcome.Final(new RungException.Failed(server.baseUrl() + ": " + e.getMessage(), e));
        } catch (Unreachable e) {
            return new Outcome.Again("cannot be reached (" + e.getMessage() + ")", false, false, Duration.ZERO);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new RungException.Failed("interrupted while waiting for " + server.baseUrl(), e);
            }
            return new Outcome.Again("the connection failed (" + e.getMessage() + ")", true, false, Duration.ZERO);
        }
    }

    private RungException givenUp(String why, boolean reachable, int attempts) {
        String message = server.model() + " at " + server.baseUrl() + ": " + why + ", given up after " + attempts
                + (attempts == 1 ? " attempt" : " attempts");
        return reachable ? new RungException.Failed(message) : new RungException.Unavailable(message);
    }

    private Duration jittered(Duration backoff) {
        return Duration.ofNanos((long) (backoff.toNanos() * (0.5 + random.nextDouble() / 2)));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }

    private static void sleepUntil(long moment, long deadline) {
        long nanos = Math.min(moment - System.nanoTime(), deadline - System.nanoTime());
        if (nanos > 0) {
            try {
                Thread.sleep(Duration.ofNanos(nanos));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static RungException.Failed interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RungException.Failed("interrupted while waiting for a model", e);
    }
}
