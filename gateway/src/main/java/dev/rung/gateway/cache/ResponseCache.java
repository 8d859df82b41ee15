package dev.rung.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.policy.KeptReply;
import dev.rung.gateway.policy.Proposal;
import dev.rung.store.Replies;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Replies that are given again to equal calls, in memory and behind it in the state folder; thread-safe.
 *
 * <p>Of several equal calls at once the first is made and the others wait for its reply. When that cannot be given again, they are made too.
 */
public final class ResponseCache implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ResponseCache.class.getName());
    private static final long MEMORY = 64L << 20;
    private static final int LARGEST = 4 << 20;
    private static final int MOST_KEPT = 50_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Replies replies;
    private final Cache<CacheKey, Replies.Kept> memory = Caffeine.newBuilder()
            .maximumWeight(MEMORY)
            .<CacheKey, Replies.Kept>weigher((key, kept) -> kept.body().length + 200)
            .build();
    private final Map<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final ExecutorService keeping = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    public ResponseCache(Replies replies) {
        this.replies = replies;
    }

    /** A call under way, for whose reply equal calls wait. */
    private static final class Flight {
        private final CountDownLatch landed = new CountDownLatch(1);
        private volatile Replies.@Nullable Kept kept;
    }

    /** How a caller wants the cache to be used: {@code x-rung-cache}. */
    enum Wish {
        USE,
        /** Make the call, and keep its reply in place of what was kept. */
        REFRESH,
        /** Make the call, and keep nothing. */
        BYPASS;

        static Wish of(@Nullable String header) {
            return switch (header == null ? "" : header.strip()) {
                case "refresh", "no-cache" -> REFRESH;
                case "bypass", "no-store" -> BYPASS;
                default -> USE;
            };
        }
    }

    /** Returns how the cache is used for a call whose tenant has its replies kept for {@code life}. */
    public Lookup lookup(Proposal call, String tenant, Duration life) {
        Wish wish = Wish.of(call.headers().first("x-rung-cache"));
        if (wish == Wish.BYPASS || life.isZero()) {
            return new Lookup(call, null, life, wish);
        }
        return new Lookup(call, CacheKey.of(call, tenant).orElse(null), shorter(life, call), wish);
    }

    // A caller may ask for fresher replies than its rules have, not for older ones.
    private static Duration shorter(Duration life, Proposal call) {
        String header = call.headers().first("x-rung-cache-ttl");
        if (header == null || !header.matches("[0-9]{1,8}")) {
            return life;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(header));
        return wanted.compareTo(life) < 0 ? wanted : life;
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    /** Waits until what is to be kept is kept. Calls under way must have ended. */
    @Override
    public void close() {
        keeping.close();
    }

    /** Removes what has run out. */
    public void sweep(Instant now) {
        replies.sweep(now, MOST_KEPT);
    }

    /** The use of the cache for one call; ends exactly once, by {@link #end}, when it was looked into. For one thread at a time. */
    public final class Lookup {
        private final Proposal call;
        private final @Nullable CacheKey key;
        private final Duration life;
        private final Wish wish;
        private @Nullable Flight flight;
        private boolean hit;

        private Lookup(Proposal call, @Nullable CacheKey key, Duration life, Wish wish) {
            this.call = call;
            this.key = key;
            this.life = life;
            this.wish = wish;
        }

        /** Returns the reply to an equal call, or null: then this call is to be made. */
        public @Nullable KeptReply find() {
            if (key == null) {
                return null;
            }
            Instant now = Instant.now();
            Replies.Kept kept = wish == Wish.REFRESH ? null : kept(key, now);
            if (kept == null && wish == Wish.USE) {
                kept = awaited(key);
            }
            if (kept == null) {
                misses.increment();
                return null;
            }
            hits.increment();
            hit = true;
            long age = Math.max(0, Duration.between(kept.stored(), now).toSeconds());
            return new KeptReply(
                    kept.contentType(),
                    Map.of("x-rung-cache", "hit", "age", Long.toString(age), "x-rung-price-usd", "0"),
                    Bytes.of(kept.body()));
        }

        private Replies.@Nullable Kept kept(CacheKey wanted, Instant now) {
            Replies.Kept found = memory.getIfPresent(wanted);
            if (found == null) {
                found = replies.find(wanted.bytes(), now).orElse(null);
                if (found != null) {
                    memory.put(wanted, found);
                }
            }
            return found != null && fresh(found, now) ? found : null;
        }

        private boolean fresh(Replies.Kept found, Instant now) {
            return now.isBefore(found.ends()) && found.stored().plus(life).isAfter(now);
        }

        private Replies.@Nullable Kept awaited(CacheKey wanted) {
            Flight mine = new Flight();
            Flight other = flights.putIfAbsent(wanted, mine);
            if (other == null) {
                // The call before may have landed since this one looked.
                Replies.Kept landed = memory.getIfPresent(wanted);
                if (landed != null && fresh(landed, Instant.now())) {
                    flights.remove(wanted, mine);
                    mine.kept = landed;
                    mine.landed.countDown();
                    return landed;
                }
                flight = mine;
                return null;
            }
            try {
                return other.landed.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS) ? other.kept : null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        /** Tells whether the reply to this call is wanted. */
        public boolean wanted() {
            return key != null && !hit;
        }

        /** Returns what the cache did: {@code hit}, {@code miss}, {@code refresh} or {@code bypass}; null where it is not used. */
        public @Nullable String state() {
            if (life.isZero()) {
                return null;
            }
            if (key == null || wish == Wish.BYPASS) {
                return "bypass";
            }
            return hit ? "hit" : wish == Wish.REFRESH ? "refresh" : "miss";
        }

        /** Ends the use: keeps the reply where it is a good one, and tells those who wait for it. */
        public void end(int status, boolean complete, @Nullable Bytes reply, @Nullable String contentType) {
            CacheKey mine = key;
            Flight under = flight;
            try {
                if (mine != null
                        && !hit
                        && complete
                        && status == 200
                        && reply != null
                        && contentType != null
                        && reply.length() <= LARGEST) {
                    Replay.of(reply.array(), contentType, call.operation())
                            .ifPresent(body -> keep(mine, contentType, body));
                }
            } finally {
                if (mine != null && under != null) {
                    flights.remove(mine, under);
                    under.landed.countDown();
                    flight = null;
                }
            }
        }

        private void keep(CacheKey under, String contentType, byte[] body) {
            Instant now = Instant.now();
            Replies.Kept kept = new Replies.Kept(now, now.plus(life), contentType, body);
            memory.put(under, kept);
            Flight waiting = flight;
            if (waiting != null) {
                waiting.kept = kept;
            }
            keeping.execute(() -> {
                try {
                    replies.keep(under.bytes(), kept);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "a reply is kept in memory only", e);
                }
            });
        }
    }
}
