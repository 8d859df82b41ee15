package dev.rung.gateway.relay;

import dev.rung.core.json.Json;
import dev.rung.core.model.LocalModel;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.ModelRoute;
import dev.rung.gateway.config.RelayPlan;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.CallerGone;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.policy.Credential;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.KeptReply;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import dev.rung.models.egress.RelayEgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Passes calls on to the upstreams of a configuration, which may change meanwhile: calls under way go on by the one with which they began. Thread-safe.
 */
public final class Relay implements AutoCloseable {
    private final Governor governor;
    private final RelayEgress egress;
    private final Upstreams upstreams = new Upstreams();
    private final Requests requests = new Requests();
    private final Homes homes = new Homes();
    private final LocalUpstream local;
    private volatile RelayPlan plan;
    private volatile @Nullable Instant misconfigured;

    /**
     * Makes the relay.
     *
     * @param egress closed with this
     * @param local the models in this process; closed with this
     */
    public Relay(RelayPlan plan, Governor governor, RelayEgress egress, LocalUpstream local) {
        this.plan = plan;
        this.local = local;
        this.governor = governor;
        this.egress = egress;
    }

    /** Takes up another configuration for calls that arrive from now on. */
    public void follow(RelayPlan other) {
        plan = other;
    }

    /** Notes since when the configuration file says what cannot be taken up; null when it is right. */
    public void misconfiguredSince(@Nullable Instant since) {
        misconfigured = since;
    }

    /** Returns since when the configuration file says what cannot be taken up, while the version before it is in force; null when it is right. */
    public @Nullable Instant misconfiguredSince() {
        return misconfigured;
    }

    /** Returns the routes and the state of their deployments, for an administrator. */
    public Json.Obj shown() {
        return RelayView.of(plan, upstreams);
    }

    /** Returns the models that can be asked in this process just now, by name. */
    public SequencedMap<String, LocalModel> available() {
        return local.available();
    }

    public RelayPlan plan() {
        return plan;
    }

    /** Returns the request of {@code call}, whose model is named in its body; what is no request is a {@link Refused}. */
    public static Asked read(Call call, Verb verb) {
        return new Asked(Inbound.read(verb, call.content()));
    }

    /** Returns the request of {@code call}, whose model is named in its path. */
    public static Asked read(Call call, Verb verb, String model) {
        return new Asked(Inbound.read(verb, model, call.content()));
    }

    /** A request that was read as far as the relay needs it. */
    public static final class Asked {
        private final Inbound inbound;

        private Asked(Inbound inbound) {
            this.inbound = inbound;
        }

        public String model() {
            return inbound.model();
        }

        Inbound inbound() {
            return inbound;
        }
    }

    /** Returns the reply to {@code call}, or null when its model is not configured. */
    public @Nullable Reply answer(Call call, Asked asked) {
        Inbound inbound = asked.inbound;
        ModelRoute route = plan.route(inbound.model());
        if (route == null) {
            return null;
        }
        Grant grant = governor.admit(proposal(call, inbound, route));
        Course course = new Course(call.arrival(), grant);
        try {
            KeptReply kept = grant.kept();
            return kept == null ? asked(call, inbound, route, course) : again(kept, course);
        } catch (Refused e) {
            course.fail(e.refusal().status(), e.refusal().code(), Settlement.End.FAILED);
            throw e;
        } catch (CallerGone e) {
            course.fail(499, "caller_gone", Settlement.End.CALLER_GONE);
            throw e;
        } catch (RuntimeException | Error e) {
            course.fail(500, "internal_error", Settlement.End.FAILED);
            throw e;
        }
    }

    private static Proposal proposal(Call call, Inbound inbound, ModelRoute route) {
        List<Target> targets = new ArrayList<>(4);
        for (List<Deployment> link : route.chain()) {
            for (Deployment one : link) {
                targets.add(one.target());
            }
        }
        return new Proposal(
                call.arrival(),
                call.headers(),
                Credential.of(call.headers(), call.query()),
                inbound.verb().dialect(),
                inbound.verb().operation(),
                inbound.model(),
                inbound.streamed(),
                call.content(),
                targets);
    }

    private static Reply again(KeptReply kept, Course course) {
        Map<String, String> headers = new LinkedHashMap<>(kept.headers());
        headers.put("content-type", kept.contentType());
        headers.putAll(course.settle(
                200, null, Settlement.End.COMPLETE, new Settlement.Use.Nothing(), null, kept.contentType()));
        return kept.contentType().startsWith("text/event-stream")
                ? new Reply.Flowing(200, headers, null, outlet -> {
                    outlet.write(kept.body().array(), 0, kept.body().length());
                    return null;
                })
                : new Reply.Bare(200, headers, kept.body(), null);
    }

    private Reply asked(Call call, Inbound inbound, ModelRoute route, Course course) {
        String previous = inbound.previousResponse();
        Outcome.Final found = new Search(
                        call,
                        inbound,
                        route,
                        course,
                        new Waiting(call.caller(), course),
                        upstreams,
                        requests,
                        egress,
                        local,
                        previous == null ? null : homes.of(previous))
                .run();
        return switch (found) {
            case Outcome.Answered(Map<String, String> headers, WholeBody body) -> whole(headers, body, inbound, course);
            case Outcome.Streaming stream -> stream(stream, inbound, course);
            case Outcome.Speaking speaking -> speaking(speaking, inbound, route, course);
            case Outcome.Told told -> told(told, course);
        };
    }

    private Reply whole(Map<String, String> headers, WholeBody body, Inbound inbound, Course course) {
        course.begun();
        keepHome(inbound, course, body.id());
        Bytes bytes = Bytes.of(body.bytes());
        boolean plain = !headers.containsKey("content-encoding");
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(course.settle(
                200,
                null,
                Settlement.End.COMPLETE,
                body.use(),
                plain && course.grant().wantsReply() ? bytes : null,
                headers.get("content-type")));
        tellWhere(all, course);
        return new Reply.Bare(200, all, bytes, null);
    }

    private Reply stream(Outcome.Streaming stream, Inbound inbound, Course course) {
        course.begun();
        keepHome(inbound, course, stream.reader().id());
        Map<String, String> all = new LinkedHashMap<>(stream.headers());
        tellWhere(all, course);
        return new Reply.Flowing(200, all, null, new Pump(inbound, course, stream));
    }

    private static Reply speaking(Outcome.Speaking speaking, Inbound inbound, ModelRoute route, Course course) {
        course.begun();
        Map<String, String> all = new LinkedHashMap<>(speaking.headers());
        tellWhere(all, course);
        return new Reply.Flowing(200, all, null, new LocalPump(inbound, course, speaking, route.deadlines()));
    }

    private static Reply told(Outcome.Told told, Course course) {
        course.fail(told.status(), "upstream_error", Settlement.End.FAILED);
        Map<String, String> all = new LinkedHashMap<>(told.headers());
        tellWhere(all, course);
        return new Reply.Bare(told.status(), all, Bytes.of(told.body()), "upstream_error");
    }

    private void keepHome(Inbound inbound, Course course, @Nullable String id) {
        Target target = course.target();
        if (id != null && target != null && inbound.verb().dialect() == Dialect.RESPONSES) {
            homes.keep(id, target.name());
        }
    }

    private static void tellWhere(Map<String, String> headers, Course course) {
        Target target = course.target();
        if (target != null) {
            headers.put("x-rung-answered-by", target.name());
        }
        if (course.attempts() > 1) {
            headers.put("x-rung-attempts", Integer.toString(course.attempts()));
        }
    }

    @Override
    public void close() {
        local.close();
        egress.close();
    }
}
