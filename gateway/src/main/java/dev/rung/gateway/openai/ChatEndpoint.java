package dev.rung.gateway.openai;

import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Release;
import dev.rung.core.task.Output;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Endpoint;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.log.Answered;
import dev.rung.gateway.models.ModelEndpoints;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.route.Answering;
import dev.rung.gateway.route.Loan;
import dev.rung.gateway.route.Releases;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /v1/chat/completions} from promoted releases; thread-safe.
 *
 * <p>The answer is complete before the head of the reply is sent, so that every failure has its true status, streamed or not.
 */
public final class ChatEndpoint implements Endpoint {
    private final Releases releases;
    private final Answering answering;
    private final Governor governor;

    public ChatEndpoint(Releases releases, Answering answering, Governor governor) {
        this.releases = releases;
        this.answering = answering;
        this.governor = governor;
    }

    @Override
    public Reply answer(Call call) {
        ChatRequest request = ChatRequest.read(call);
        try (Loan loan = releases.borrow(request.model())) {
            if (loan == null) {
                throw ModelEndpoints.unknown(request.model(), releases.models());
            }
            FormatCheck format =
                    FormatCheck.of(request.format(), loan.served().task().output());
            GovernedAnswer governed = new GovernedAnswer(call, request, loan.served());
            Answer answer = governed.ask(governor, answering);
            return reply(call, request, governed, answer, unusable(answer.output(), format));
        }
    }

    private static Reply reply(
            Call call, ChatRequest request, GovernedAnswer governed, Answer answer, @Nullable Refusal unusable) {
        Release release = governed.release();
        Map<String, String> headers = new LinkedHashMap<>(ChatHeaders.of(release, answer, request.leftAside()));
        headers.putAll(governed.settle(answer, unusable));
        Answered answered = new Answered(release, request.input(), answer);
        if (unusable != null) {
            return OpenAiErrors.reply(unusable, headers, answered);
        }
        ChatReply reply = new ChatReply(
                call.arrival().received(), request.model(), release.id().value());
        ReplyUsage usage = ReplyUsage.of(request.input(), answer);
        if (usage.estimated()) {
            headers.put("x-rung-usage", "estimated");
        }
        ChatRequest.Streaming streaming = request.streaming();
        return streaming == null
                ? new Reply.Whole(200, headers, reply.whole(answer, usage), answered, null)
                : new Reply.Events(
                        headers, answered, sink -> reply.play(answer, streaming.includeUsage() ? usage : null, sink));
    }

    private static @Nullable Refusal unusable(Output output, FormatCheck format) {
        if (output instanceof Output.NoAnswer(String reason)) {
            return Refusal.of(422, "no_answer", "The release has no usable answer to this input: " + reason);
        }
        String problem = format.problem(output);
        return problem == null
                ? null
                : new Refusal(
                        422,
                        "response_format_not_met",
                        "The answer satisfies the task's schema, but not the one in the request: " + problem,
                        ResponseFormat.SCHEMA_FIELD,
                        Map.of());
    }
}
