package dev.rung.gateway.openai;

import dev.rung.core.model.Residency;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Release;
import dev.rung.core.task.Output;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.policy.Credential;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import dev.rung.gateway.route.Answering;
import dev.rung.gateway.route.Served;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question to a release with the leave to ask it: admitted, then settled or released; for one thread. */
final class GovernedAnswer {
    private final Call call;
    private final ChatRequest request;
    private final Served served;
    private final Target target;
    private Grant grant = Grant.FREE;

    GovernedAnswer(Call call, ChatRequest request, Served served) {
        this.call = call;
        this.request = request;
        this.served = served;
        this.target = new Target(
                served.release().id().value(), Target.HERE, Dialect.OPENAI, request.model(), Residency.LOCAL, null);
    }

    Release release() {
        return served.release();
    }

    /** Returns the release's answer, when it may be asked; whatever is thrown has released the leave. */
    Answer ask(Governor governor, Answering answering) {
        grant = governor.admit(new Proposal(
                call.arrival(),
                call.headers(),
                Credential.of(call.headers(), call.query()),
                Dialect.OPENAI,
                Operation.GENERATE,
                request.model(),
                request.streaming() != null,
                call.content(),
                List.of(target)));
        try {
            String objection = grant.objection(target);
            if (objection != null) {
                throw new Refused(Refusal.of(403, "forbidden_by_policy", objection));
            }
            return answering.answer(served.solver(), request.input(), grant.tenant());
        } catch (Refused e) {
            grant.release(failed(e.refusal().status(), e.refusal().code()));
            throw e;
        } catch (RuntimeException | Error e) {
            grant.release(failed(500, "release_failed"));
            throw e;
        }
    }

    /** Ends the leave; returns what governance adds to the head of the reply. */
    Map<String, String> settle(Answer answer, @Nullable Refusal unusable) {
        Duration age = call.arrival().age();
        return grant.settle(new Settlement(
                target,
                List.of(target.name()),
                unusable == null ? 200 : unusable.status(),
                unusable == null ? null : unusable.code(),
                Settlement.End.COMPLETE,
                new Settlement.Use.Priced(answer.usage(), answer.price(), answer.output() instanceof Output.Abstention),
                age,
                age,
                null,
                null));
    }

    private Settlement failed(int status, String code) {
        return new Settlement(
                target,
                List.of(target.name()),
                status,
                code,
                Settlement.End.FAILED,
                new Settlement.Use.Nothing(),
                null,
                call.arrival().age(),
                null,
                null);
    }
}
