package dev.rung.gateway.relay;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.LocalModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.Usage;
import dev.rung.gateway.config.Deadlines;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.CallerGone;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.local.LineFull;
import dev.rung.gateway.local.LocalQuestion;
import dev.rung.gateway.local.LocalRun;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.local.Step;
import dev.rung.gateway.local.TooLong;
import dev.rung.gateway.openai.CallerSchema;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.relay.Outcome.Again;
import dev.rung.gateway.relay.Outcome.Words;
import dev.rung.wire.Codecs;
import dev.rung.wire.TokenCount;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.ReplyId;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to a model in this process, in the caller's own dialect, and what comes of it before the caller has got a byte; for one thread. */
final class LocalAttempt {
    private static final System.Logger LOG = System.getLogger(LocalAttempt.class.getName());

    private final Call call;
    private final Inbound inbound;
    private final Deployment deployment;
    private final Deadlines deadlines;
    private final Entry entry;
    private final Waiting waiting;
    private final long began = System.nanoTime();
    private final long end;
    private @Nullable String schemaPlace;
    private boolean handedOn;

    /** @param end the {@link System#nanoTime} at which the whole call must be over */
    LocalAttempt(
            Call call,
            Inbound inbound,
            Deployment deployment,
            Deadlines deadlines,
            Entry entry,
            Waiting waiting,
            long end) {
        this.call = call;
        this.inbound = inbound;
        this.deployment = deployment;
        this.deadlines = deadlines;
        this.entry = entry;
        this.waiting = waiting;
        this.end = end;
    }

    Outcome ask(LocalUpstream local) {
        try {
            LocalModel model = local.available().get(name());
            if (model == null) {
                return again(Trouble.UNREACHABLE, missing());
            }
            ModelCard.Kind wanted =
                    inbound.verb().operation() == Operation.EMBED ? ModelCard.Kind.ENCODER : ModelCard.Kind.GENERATIVE;
            if (model.kind() != wanted) {
                throw Refused.field(
                        "model",
                        "unsupported_value",
                        model.kind() == ModelCard.Kind.ENCODER
                                ? name() + " is an encoder: it gives vectors (embeddings) and says nothing."
                                : name() + " gives text and no vectors.");
            }
            return switch (inbound.verb().operation()) {
                case GENERATE -> generate(local, model);
                case EMBED -> embed(local, model);
                case COUNT_TOKENS -> count(local, model);
            };
        } catch (LineFull e) {
            // No failure of the model's, whose breakers it does not concern.
            return new Again(
                    Trouble.OVERLOADED,
                    0,
                    new Words.Ours(Refusal.retryable(
                            503,
                            "overloaded",
                            "As many calls wait for %s as may.".formatted(deployment.name()),
                            e.seconds())));
        } catch (RungException e) {
            return failed(e);
        } finally {
            if (!handedOn) {
                entry.close();
            }
        }
    }

    private String name() {
        return deployment.target().model();
    }

    private Refusal missing() {
        return Refusal.retryable(
                503,
                "unavailable",
                "%s cannot be used on this machine just now: its weights are not here (rung models pull %s), or nothing here can run them."
                        .formatted(name(), name()),
                60);
    }

    private Outcome generate(LocalUpstream local, LocalModel model) throws LineFull {
        Codec callers = Wording.codec(inbound.verb().dialect());
        Conversation conversation =
                Translation.read(call, inbound, (body, inPath) -> callers.read(body, inPath, inbound.streamed()));
        LocalQuestion question = question(conversation);
        Map<String, String> headers = headers(Translation.dropped(call, question.lost()));
        followed(conversation.format());
        LocalAnswer answer = new LocalAnswer(
                callers,
                Asked.of(conversation, call.arrival().received().getEpochSecond()),
                id(),
                model.pricing(),
                call.arrival().received());
        LocalRun run = local.ask(name(), question.prompt());
        waiting.on(run::cancel);
        try {
            waiting.watch();
            long first = began + deadlines.firstToken().toNanos();
            Step step = run.next(first - end < 0 ? first : end);
            if (step instanceof Step.Piece && !inbound.streamed()) {
                step = last(run, step);
            }
            return switch (step) {
                case null -> silent(run);
                case Step.Failed(Throwable why) -> failed(why);
                case Step.Said(ChatAnswer said)
                when !inbound.streamed() -> {
                    answered();
                    yield whole(headers, answer.whole(said), answer.used(said));
                }
                case Step some -> {
                    answered();
                    headers.put("content-type", "text/event-stream; charset=utf-8");
                    handedOn = true;
                    yield new Outcome.Speaking(headers, run, some, answer, entry);
                }
            };
        } finally {
            if (!handedOn) {
                run.close();
            }
        }
    }

    /** Waits for the end of an answer that has begun; null when it does not come in time. */
    private @Nullable Step last(LocalRun run, Step begun) {
        Step step = begun;
        while (step instanceof Step.Piece) {
            long silence = System.nanoTime() + deadlines.betweenChunks().toNanos();
            step = run.next(silence - end < 0 ? silence : end);
        }
        return step;
    }

    private Outcome silent(LocalRun run) {
        if (run.isCancelled()) {
            throw new CallerGone();
        }
        return again(Trouble.TIMEOUT, Exhausted.refusal(Trouble.TIMEOUT, deployment.name()));
    }

    private static LocalQuestion question(Conversation conversation) {
        try {
            return LocalQuestion.of(conversation);
        } catch (Malformed e) {
            throw Refused.field(e.field(), "invalid_value", String.valueOf(e.getMessage()));
        }
    }

    /** Refuses a schema that is none, or that anybody could stop the server with. */
    private void followed(@Nullable AnswerFormat format) {
        if (format instanceof AnswerFormat.JsonSchema schema) {
            schemaPlace = schema.place().toString();
            try {
                CallerSchema.check(schema.schema());
            } catch (Refused e) {
                throw Refused.field(schemaPlace, e.refusal().code(), e.refusal().message());
            }
        }
    }

    private Outcome count(LocalUpstream local, LocalModel model) throws LineFull {
        dev.rung.wire.form.Dialect dialect =
                Wording.codec(inbound.verb().dialect()).dialect();
        Conversation conversation =
                Translation.read(call, inbound, (body, inPath) -> TokenCount.read(dialect, body, inPath));
        LocalQuestion question = question(conversation);
        Map<String, String> headers = headers(Translation.dropped(call, question.lost()));
        long tokens = local.count(name(), question.prompt().messages());
        answered();
        Json.Obj body = TokenCount.writeReply(dialect, tokens);
        return whole(
                headers,
                body.compact().getBytes(StandardCharsets.UTF_8),
                LocalAnswer.used(
                        model.pricing(),
                        Usage.NONE,
                        Duration.ZERO,
                        call.arrival().received()));
    }

    private Outcome embed(LocalUpstream local, LocalModel model) throws LineFull {
        Embedding.Codec callers = Codecs.embeddings(
                        Wording.codec(inbound.verb().dialect()).dialect())
                .orElseThrow(() -> new IllegalStateException("a dialect without embeddings has no such path"));
        Embedding.Request request = Translation.read(call, inbound, callers::read);
        Map<String, String> headers = headers(Translation.dropped(call, LocalTexts.lost(request)));
        List<String> texts = LocalTexts.of(request);
        waiting.watch();
        try {
            LocalUpstream.Vectors made = local.embed(name(), texts);
            answered();
            Long dimensions = request.dimensions();
            int found = made.vectors().getFirst().length;
            if (dimensions != null && dimensions != found) {
                throw Refused.field(
                        LocalTexts.dimensions(request),
                        "unsupported_value",
                        "Vectors of %s have %d numbers.".formatted(name(), found));
            }
            Embedding.Reply reply = new Embedding.Reply(
                    made.vectors().stream().map(LocalAttempt::vector).toList(), made.tokens());
            return whole(
                    headers,
                    callers.writeReply(reply, request).compact().getBytes(StandardCharsets.UTF_8),
                    LocalAnswer.used(
                            model.pricing(),
                            Usage.tokens(made.tokens(), 0, 0),
                            made.time(),
                            call.arrival().received()));
        } catch (TooLong e) {
            throw Refused.field(
                    LocalTexts.place(request, e.text()), "context_length_exceeded", "The text " + e.getMessage() + ".");
        }
    }

    private static Embedding.Vector vector(float[] numbers) {
        List<Json> all = new ArrayList<>(numbers.length);
        for (float number : numbers) {
            // The shortest decimal that reads back as this float.
            all.add(Json.of(new BigDecimal(Float.toString(number))));
        }
        return new Embedding.Vector(all);
    }

    private static Map<String, String> headers(List<String> dropped) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        if (!dropped.isEmpty()) {
            headers.put("x-rung-dropped", String.join(", ", dropped).replaceAll("[^ -~]", "?"));
        }
        return headers;
    }

    private static Outcome.Answered whole(Map<String, String> headers, byte[] body, Settlement.Use use) {
        return new Outcome.Answered(headers, new WholeBody(body, use, null, false, 200));
    }

    private String id() {
        return ReplyId.fresh(Wording.codec(inbound.verb().dialect()).dialect());
    }

    private void answered() {
        long now = System.nanoTime();
        entry.health().answered(now, now - began);
    }

    private Again again(Trouble trouble, Refusal refusal) {
        entry.health().failed(trouble, System.nanoTime(), 0);
        return new Again(trouble, 0, new Words.Ours(refusal));
    }

    private Outcome failed(Throwable why) {
        LOG.log(Level.DEBUG, () -> deployment.name() + ": " + why.getMessage());
        return switch (why) {
            case RungException.WrongInput wrong -> throw wrongInput(String.valueOf(wrong.getMessage()));
            case RungException.Unavailable unavailable ->
                again(
                        Trouble.UNREACHABLE,
                        Refusal.retryable(503, "unavailable", String.valueOf(unavailable.getMessage()), 10));
            case RungException known ->
                again(Trouble.SERVER_ERROR, Refusal.of(502, "model_failed", String.valueOf(known.getMessage())));
            case Error error -> throw error;
            default -> {
                LOG.log(Level.ERROR, deployment.name() + " failed", why);
                yield again(Trouble.BROKEN, Refusal.of(502, "model_failed", deployment.name() + " failed."));
            }
        };
    }

    // The engine takes two things amiss: a prompt that is too long for it, and a schema that no grammar can express.
    private Refused wrongInput(String message) {
        return schemaPlace != null && message.startsWith("schema ")
                ? Refused.field(schemaPlace, "unsupported_schema", message)
                : Refused.field(texts(), "context_length_exceeded", message);
    }

    /** Returns the field that holds what the model is to read. */
    private String texts() {
        return switch (inbound.verb().dialect()) {
            case OPENAI, ANTHROPIC -> "messages";
            case RESPONSES -> "input";
            case GEMINI -> "contents";
        };
    }
}
