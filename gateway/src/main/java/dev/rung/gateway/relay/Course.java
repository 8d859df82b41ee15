package dev.rung.gateway.relay;

import dev.rung.gateway.http.Arrival;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Settlement.End;
import dev.rung.gateway.policy.Settlement.Use;
import dev.rung.gateway.policy.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to one call, written down as it happens, and the one end of its grant; for one thread. */
final class Course {
    private final Arrival arrival;
    private final Grant grant;
    private final List<String> tried = new ArrayList<>(2);
    private @Nullable Target target;
    private @Nullable Duration firstByte;
    private boolean worked;
    private boolean over;

    Course(Arrival arrival, Grant grant) {
        this.arrival = arrival;
        this.grant = grant;
    }

    Grant grant() {
        return grant;
    }

    /** Notes that {@code asked} is asked now. */
    void asks(Target asked) {
        target = asked;
        tried.add(asked.name());
        worked = false;
    }

    /** Notes that the request has reached the upstream, which may be working on it. */
    void sent() {
        worked = true;
    }

    /** Notes that the last attempt came to nothing that is to be paid. */
    void failed() {
        worked = false;
    }

    void begun() {
        firstByte = arrival.age();
    }

    /** Returns the {@link System#nanoTime} at which the call must be over that may take {@code total}. */
    long end(Duration total) {
        return arrival.nanos() + total.toNanos();
    }

    int attempts() {
        return tried.size();
    }

    @Nullable
    Target target() {
        return target;
    }

    /** Settles the call; returns what governance adds to the head. */
    Map<String, String> settle(
            int status, @Nullable String error, End end, Use use, @Nullable Bytes reply, @Nullable String contentType) {
        over = true;
        return grant.settle(settlement(status, error, end, use, reply, contentType));
    }

    /** Ends a call that came to no answer: nothing is to be paid, unless an upstream was at work when the caller left. */
    void fail(int status, String error, End end) {
        if (over) {
            return;
        }
        over = true;
        if (worked && end == End.CALLER_GONE) {
            grant.settle(settlement(status, error, end, new Use.Reported(null, List.of(), 0, 0), null, null));
        } else {
            grant.release(settlement(status, error, end, new Use.Nothing(), null, null));
        }
    }

    private Settlement settlement(
            int status, @Nullable String error, End end, Use use, @Nullable Bytes reply, @Nullable String contentType) {
        return new Settlement(target, tried, status, error, end, use, firstByte, arrival.age(), reply, contentType);
    }
}
