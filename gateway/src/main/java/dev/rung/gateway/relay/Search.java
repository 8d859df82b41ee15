package dev.rung.gateway.relay;

import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.ModelRoute;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.relay.Outcome.Again;
import dev.rung.gateway.relay.Outcome.Final;
import dev.rung.gateway.relay.Outcome.Words;
import dev.rung.models.egress.RelayEgress;
import dev.rung.models.egress.RelayRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The search for a deployment that answers: attempts with pauses within a link of the chain, then the next link, until something is to be told to the caller; for one thread.
 *
 * <p>Everything here happens before the caller has got a byte, so that it is free to begin anew.
 */
final class Search {
    private static final String SESSION = "x-rung-session";
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;

    private final Call call;
    private final Inbound inbound;
    private final ModelRoute route;
    private final Course course;
    private final Waiting waiting;
    private final Upstreams upstreams;
    private final Choice choice;
    private final Requests requests;
    private final RelayEgress egress;
    private final LocalUpstream local;
    private final @Nullable String affinity;
    private final @Nullable String home;
    private final long end;
    private @Nullable Words words;
    private @Nullable String objection;
    private long rest;

    /** @param home the deployment to which the call is bound, or null */
    Search(
            Call call,
            Inbound inbound,
            ModelRoute route,
            Course course,
            Waiting waiting,
            Upstreams upstreams,
            Requests requests,
            RelayEgress egress,
            LocalUpstream local,
            @Nullable String home) {
        this.call = call;
        this.inbound = inbound;
        this.route = route;
        this.course = course;
        this.waiting = waiting;
        this.upstreams = upstreams;
        this.choice = new Choice(upstreams);
        this.requests = requests;
        this.egress = egress;
        this.local = local;
        this.home = home;
        String session = call.headers().first(SESSION);
        this.affinity = session == null ? affinity(inbound, route) : session;
        this.end = call.arrival().nanos() + route.deadlines().total().toNanos();
    }

    // The same prompt goes where it is kept.
    private static @Nullable String affinity(Inbound inbound, ModelRoute route) {
        String own = inbound.affinity();
        return own == null && route.promptCache() && inbound.verb().operation() == Operation.GENERATE
                ? PromptMarks.prefix(inbound)
                : own;
    }

    /** Returns what the caller gets; when nobody answers, a {@link Refused} or the last upstream's own words. */
    Final run() {
        List<List<Deployment>> links = links();
        for (int i = 0; i < links.size(); i++) {
            Final found = within(links.get(i), i == links.size() - 1);
            if (found != null) {
                return found;
            }
        }
        if (System.nanoTime() - end >= 0) {
            throw new Refused(Exhausted.late());
        }
        return switch (words) {
            case Words.Theirs(Outcome.Told told) -> told;
            case Words.Ours(Refusal refusal) -> throw new Refused(refusal);
            case null -> throw new Refused(Exhausted.resting(route.name(), rest));
        };
    }

    /** Returns the chain without what the call must not, or cannot, go to. */
    private List<List<Deployment>> links() {
        List<List<Deployment>> links = new ArrayList<>(route.chain().size());
        for (List<Deployment> link : route.chain()) {
            List<Deployment> fit = fit(link);
            if (!fit.isEmpty()) {
                links.add(fit);
            }
        }
        if (!links.isEmpty()) {
            return links;
        }
        if (objection != null) {
            throw new Refused(Refusal.of(403, "forbidden_by_policy", objection));
        }
        throw new Refused(new Refusal(
                400,
                "dialect_not_spoken",
                "Nothing that answers for %s speaks the dialect of this path, or one that the call can be translated into."
                        .formatted(route.name()),
                "model",
                Map.of()));
    }

    private List<Deployment> fit(List<Deployment> link) {
        List<Deployment> fit = new ArrayList<>(link.size());
        for (Deployment one : link) {
            if ((home != null && !home.equals(one.name())) || dialect(one) == null) {
                continue;
            }
            String why = course.grant().objection(one.target());
            if (why == null) {
                fit.add(one);
            } else {
                objection = why;
            }
        }
        return fit;
    }

    /** Returns in which dialect the upstream is to be asked: the caller's, or else one that it can be translated into; null for none. */
    private @Nullable Dialect dialect(Deployment deployment) {
        Dialect callers = inbound.verb().dialect();
        List<Dialect> theirs = deployment.upstream().dialects();
        return theirs.contains(callers) ? callers : Wording.target(inbound.verb(), theirs);
    }

    /** Returns the translation for the upstream; null when it speaks the caller's dialect. */
    private @Nullable Translation translation(Deployment deployment) {
        Dialect to = dialect(deployment);
        return to == null || to == inbound.verb().dialect()
                ? null
                : Translation.of(call, inbound, to, deployment.target().model());
    }

    private @Nullable Final within(List<Deployment> link, boolean last) {
        Deployment failed = null;
        Again before = null;
        for (int attempt = 1; attempt <= route.attempts(); attempt++) {
            long now = System.nanoTime();
            if (now - end >= 0) {
                return null;
            }
            Deployment next = choice.among(link, affinity, failed, now);
            if (next == null) {
                long soonest = soonest(link, now);
                rest = rest == 0 ? soonest : Math.min(rest, soonest);
                if (!last || !pause(soonest)) {
                    return null;
                }
                continue;
            }
            if (before != null && !goesOn(before, next, next.equals(failed), attempt)) {
                return null;
            }
            switch (asked(next)) {
                case Final found -> {
                    return found;
                }
                case Again again -> {
                    words = again.words();
                    failed = next;
                    before = again;
                }
                case Outcome.OtherKey other -> throw new IllegalStateException("keys have been gone through");
                case null -> {
                    return null;
                }
            }
        }
        return null;
    }

    /** Pays for a retry and pauses before it; tells whether it may be made. */
    private boolean goesOn(Again before, Deployment next, boolean same, int attempt) {
        boolean told = before.trouble() == Trouble.RATE_LIMITED;
        if (!told && !upstreams.health(next).mayRetry()) {
            return false;
        }
        if (!same) {
            return true;
        }
        long doubled = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << (attempt - 2));
        long jittered = (long) (doubled * (0.5 + ThreadLocalRandom.current().nextDouble() / 2));
        return pause(Math.max(before.floor(), jittered));
    }

    /** Pauses, when that is short enough to be worth it. */
    private boolean pause(long nanos) {
        long until = System.nanoTime() + nanos;
        if (nanos > LONGEST_PAUSE_NANOS || until - end >= 0) {
            return false;
        }
        waiting.sleepUntil(until);
        return true;
    }

    private long soonest(List<Deployment> link, long now) {
        long soonest = Long.MAX_VALUE;
        for (Deployment one : link) {
            soonest = Math.min(soonest, upstreams.health(one).restLeft(now));
        }
        return soonest;
    }

    /** Asks one deployment; null when it cannot take the request and an earlier one has failed, of which the caller is to be told then. */
    private @Nullable Outcome asked(Deployment deployment) {
        try {
            return ask(deployment);
        } catch (Refused e) {
            if (words != null && e.refusal().status() == 400) {
                return null;
            }
            throw e;
        }
    }

    private Outcome askHere(Deployment deployment) {
        Health health = upstreams.health(deployment);
        Breaker.Pass pass = health.enter(System.nanoTime());
        if (pass == Breaker.Pass.NO) {
            return new Again(Trouble.OVERLOADED, 0, Exhausted.of(Trouble.OVERLOADED, deployment.name()));
        }
        course.asks(deployment.target());
        Outcome outcome = new LocalAttempt(
                        call, inbound, deployment, route.deadlines(), new Entry(health, pass), waiting, end)
                .ask(local);
        if (outcome instanceof Again) {
            course.failed();
        }
        return outcome;
    }

    /** Asks one deployment, with each of its keys at most once. */
    private Outcome ask(Deployment deployment) {
        if (deployment.upstream().isHere()) {
            return askHere(deployment);
        }
        KeyRing ring = upstreams.keys(deployment.upstream());
        Translation translation = translation(deployment);
        Inbound plain = translation == null ? inbound : translation.sent();
        Inbound sent =
                route.promptCache() ? PromptMarks.on(plain, course.grant().tenant()) : plain;
        for (int i = 0; i <= ring.size(); i++) {
            long now = System.nanoTime();
            int key = ring.choose(now);
            RelayRequest request = requests.of(
                    call,
                    sent,
                    translation != null,
                    deployment,
                    key < 0 ? null : ring.key(key),
                    course.grant().traceparent(),
                    route.deadlines());
            Health health = upstreams.health(deployment);
            Breaker.Pass pass = health.enter(now);
            if (pass == Breaker.Pass.NO) {
                break;
            }
            course.asks(deployment.target().in(sent.verb().dialect()));
            Outcome outcome = new Attempt(
                            sent, deployment, route.deadlines(), ring, key, new Entry(health, pass), waiting, end)
                    .send(egress, request);
            if (!(outcome instanceof Outcome.OtherKey)) {
                if (outcome instanceof Again) {
                    course.failed();
                }
                return translation == null ? outcome : translation.back(outcome);
            }
        }
        return new Again(Trouble.OVERLOADED, 0, Exhausted.of(Trouble.OVERLOADED, deployment.name()));
    }
}
