package dev.rung.models.openai;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.Prompt;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import dev.rung.models.catalog.Engine;
import dev.rung.models.egress.Egress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model behind a server with an OpenAI-compatible interface; thread-safe, with a bound on requests at once.
 *
 * <p>Where the card says {@link ModelCard.Capability#JSON_SCHEMA}, the server binds the answer to a schema; elsewhere the model is asked in words. Either
 * way the answer is checked here, a wrong one is sent back once with what is wrong with it, and a second wrong one is an error. The time of an answer is
 * that of its requests, without waits and failed attempts; the raw usage of a repaired one is the sum of both.
 */
public final class OpenAiModel implements LanguageModel {
    private static final int LONGEST_COMPLAINT = 2_000;

    private final ModelCard card;
    private final Upstream upstream;
    private final Map<Json.Obj, SchemaCheck> checks = new ConcurrentHashMap<>();

    /**
     * Returns the model of {@code card} behind {@code server}.
     *
     * @param key sent as bearer token; null for none
     * @throws RungException.WrongInput when the key cannot be one
     */
    public OpenAiModel(
            ModelCard card,
            Engine.OpenAi server,
            @Nullable String key,
            Egress egress,
            Patience patience,
            RandomGenerator random) {
        if (key != null && key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new RungException.WrongInput(
                    "the key in " + server.keyVariable() + " has a space or a character that no key has; set it again");
        }
        this.card = card;
        this.upstream = new Upstream(server, card.place(), key, egress, patience, random, InstantSource.system());
    }

    @Override
    public ModelCard card() {
        return card;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The only score is that of the chosen label: the probability of its tokens where the card says {@link ModelCard.Capability#LOGPROBS}, and
     * otherwise not a number.
     */
    @Override
    public LabelChoice choose(Prompt prompt, List<String> labels) {
        boolean bound = can(ModelCard.Capability.JSON_SCHEMA);
        boolean logprobs = can(ModelCard.Capability.LOGPROBS);
        // A token is at least a byte; the rest is for the JSON around it.
        int room = 32
                + labels.stream()
                        .mapToInt(label -> Json.of(label).compact().getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElse(0);
        ChatRequest request = bound
                ? new ChatRequest(prompt.messages(), room, LabelAnswer.schema(labels), logprobs)
                : ChatRequest.withContract(
                        "Answer with exactly one of these labels, written as it stands here, and with nothing else:\n"
                                + String.join("\n", labels),
                        prompt,
                        room,
                        logprobs);
        return answered(
                request,
                reply -> bound ? LabelAnswer.inJson(reply.text(), labels) : LabelAnswer.verbatim(reply.text(), labels),
                text -> "That is not one of the labels. Answer with one of them, exactly as written.",
                (label, exchange) -> {
                    if (exchange.last().finish() == Completion.Finish.REFUSAL) {
                        throw RungException.Failed.lasting(card.id() + " refused to choose a label");
                    }
                    SequencedMap<String, Double> scores = new LinkedHashMap<>();
                    List<ChatReply.Token> tokens = exchange.last().tokens();
                    scores.put(
                            label,
                            bound
                                    ? TokenProbabilities.ofPart(tokens, inside(label))
                                    : TokenProbabilities.ofAll(tokens));
                    return new LabelChoice(label, scores, UsageRecord.read(exchange.usage()), exchange.time());
                });
    }

    // As the label stands between the quotes of a JSON string.
    private static String inside(String label) {
        String quoted = Json.of(label).compact();
        return quoted.substring(1, quoted.length() - 1);
    }

    @Override
    public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
        boolean logprobs = can(ModelCard.Capability.LOGPROBS);
        if (schema == null) {
            ChatRequest request = new ChatRequest(prompt.messages(), maxTokens, null, logprobs);
            Upstream.Timed timed = upstream.ask(request);
            return completion(
                    timed.reply().text(),
                    new Exchange(timed.reply(), timed.reply().usage(), timed.time()));
        }
        SchemaCheck check = checks.computeIfAbsent(schema, SchemaCheck::of);
        ChatRequest request = can(ModelCard.Capability.JSON_SCHEMA)
                ? new ChatRequest(prompt.messages(), maxTokens, schema, logprobs)
                : ChatRequest.withContract(
                        "Answer with one JSON value that satisfies this JSON Schema, and with nothing else:\n"
                                + schema.compact(),
                        prompt,
                        maxTokens,
                        logprobs);
        return answered(
                request,
                reply -> problems(check, reply.text()).isEmpty() ? Optional.of(json(reply.text())) : Optional.empty(),
                text -> "That is not right: " + problems(check, text)
                        + ". Answer with the corrected JSON and nothing else.",
                this::completion);
    }

    private Completion completion(String text, Exchange exchange) {
        ChatReply last = exchange.last();
        return new Completion(
                text,
                last.finish(),
                TokenProbabilities.ofAll(last.tokens()),
                UsageRecord.read(exchange.usage()),
                exchange.time());
    }

    private boolean can(ModelCard.Capability capability) {
        return card.capabilities().contains(capability);
    }

    /** All requests for one answer: the last reply, the sum of their usage and of their times. */
    private record Exchange(ChatReply last, Json.@Nullable Obj usage, Duration time) {}

    /** Finds the answer in a reply, if it is there. */
    @FunctionalInterface
    private interface Finder {
        Optional<String> find(ChatReply reply);
    }

    /** Says what is wrong with a text. */
    @FunctionalInterface
    private interface Complaint {
        String about(String text);
    }

    /** Makes the result of the answer that was found. */
    @FunctionalInterface
    private interface Result<T> {
        T of(String answer, Exchange exchange);
    }

    private <T> T answered(ChatRequest request, Finder finder, Complaint complaint, Result<T> result) {
        Upstream.Timed first = upstream.ask(request);
        Exchange exchange = new Exchange(first.reply(), first.reply().usage(), first.time());
        for (int tries = 1; ; tries++) {
            ChatReply reply = exchange.last();
            switch (reply.finish()) {
                case REFUSAL -> {
                    return result.of(reply.text(), exchange);
                }
                case STOP, LENGTH -> {
                    Optional<String> answer = finder.find(reply);
                    if (answer.isPresent() && reply.finish() == Completion.Finish.STOP) {
                        return result.of(answer.get(), exchange);
                    }
                    if (tries == 2) {
                        throw RungException.Failed.lasting(card.id() + " gave no usable answer, asked twice: "
                                + (reply.finish() == Completion.Finish.LENGTH
                                        ? "it was cut short"
                                        : complaint.about(reply.text())));
                    }
                    Upstream.Timed again = upstream.ask(request.repaired(reply.text(), complaint.about(reply.text())));
                    exchange = new Exchange(
                            again.reply(),
                            UsageRecord.sum(exchange.usage(), again.reply().usage()),
                            exchange.time().plus(again.time()));
                }
            }
        }
    }

    private static String problems(SchemaCheck check, String text) {
        try {
            String all = check.validate(JsonText.parse(json(text), "the answer")).stream()
                    .limit(5)
                    .map(SchemaCheck.Problem::toString)
                    .collect(Collectors.joining("; "));
            return all.length() > LONGEST_COMPLAINT ? all.substring(0, LONGEST_COMPLAINT) : all;
        } catch (RungException.WrongInput e) {
            return "it is not JSON";
        }
    }

    // Models that are asked in words like to wrap JSON in a fence.
    private static String json(String text) {
        String bare = text.strip();
        return bare.startsWith("```") && bare.endsWith("```") && bare.contains("\n")
                ? bare.substring(bare.indexOf('\n') + 1, bare.length() - 3).strip()
                : bare;
    }

    @Override
    public void close() {
        // The connections belong to the egress.
    }
}
