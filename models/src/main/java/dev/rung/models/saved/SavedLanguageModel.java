package dev.rung.models.saved;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.SavedCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model whose every call is saved before its answer is used, under the hash of all that determines the answer; thread-safe.
 *
 * <p>A call that was ever made is not made again: its answer comes back with the time and the usage of then. Several threads that ask the same thing at
 * once share one call. A failure that would only repeat itself is kept like an answer; one that may pass is not.
 */
public final class SavedLanguageModel implements LanguageModel {
    /** Part of every key: to be raised when the same question may be answered differently by a newer version of this code. */
    private static final long FORM = 1;

    private final LanguageModel model;
    private final SavedCalls calls;
    private final Json.Obj identity;
    private final Map<Sha256, CompletableFuture<Json.Obj>> running = new ConcurrentHashMap<>();
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong reused = new AtomicLong();

    public SavedLanguageModel(LanguageModel model, SavedCalls calls) {
        this.model = model;
        this.calls = calls;
        this.identity = Json.object(
                "form",
                Json.of(FORM),
                "fingerprint",
                Json.of(model.card().fingerprint()),
                "capabilities",
                Json.strings(model.card().capabilities().stream()
                        .map(Enum::name)
                        .sorted()
                        .toList()));
    }

    @Override
    public ModelCard card() {
        return model.card();
    }

    /** Returns how many calls went to the model. */
    public long made() {
        return made.get();
    }

    /** Returns how many calls were answered with what had been saved. */
    public long reused() {
        return reused.get();
    }

    @Override
    public LabelChoice choose(Prompt prompt, List<String> labels) {
        Json.Obj request = request("choose", prompt).with("labels", Json.strings(labels));
        return AnswerForm.choice(answer(request, () -> AnswerForm.of(model.choose(prompt, labels))));
    }

    @Override
    public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
        Json.Obj request = request("complete", prompt)
                .with("schema", schema == null ? Json.Nil.NULL : schema)
                .with("max_tokens", Json.of(maxTokens));
        return AnswerForm.completion(answer(request, () -> AnswerForm.of(model.complete(prompt, schema, maxTokens))));
    }

    private Json.Obj request(String method, Prompt prompt) {
        List<Json> messages = new ArrayList<>();
        for (Message message : prompt.messages()) {
            messages.add(Json.object("role", Json.of(message.role().name()), "text", Json.of(message.text())));
        }
        Json.Obj request = identity.with("method", Json.of(method)).with("messages", Json.array(messages));
        return prompt.ask() == 0 ? request : request.with("ask", Json.of(prompt.ask()));
    }

    private Json.Obj answer(Json.Obj request, Supplier<Json.Obj> call) {
        Sha256 key = Sha256.of(request.canonical());
        Json.Obj saved = calls.find(key);
        if (saved != null) {
            reused.incrementAndGet();
            return saved;
        }
        CompletableFuture<Json.Obj> mine = new CompletableFuture<>();
        CompletableFuture<Json.Obj> theirs = running.putIfAbsent(key, mine);
        if (theirs != null) {
            return shared(theirs);
        }
        try {
            Json.Obj answer = madeNow(key, request, call);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key);
        }
    }

    private Json.Obj madeNow(Sha256 key, Json.Obj request, Supplier<Json.Obj> call) {
        Json.Obj saved = calls.find(key); // another thread may have finished between our look and our turn
        if (saved != null) {
            reused.incrementAndGet();
            return saved;
        }
        made.incrementAndGet();
        Json.Obj answer;
        try {
            answer = call.get();
        } catch (RungException.Failed e) {
            if (!e.lasts()) {
                throw e;
            }
            answer = AnswerForm.of(e);
        }
        calls.save(key, card().id(), request, answer);
        return answer;
    }

    private Json.Obj shared(CompletableFuture<Json.Obj> theirs) {
        try {
            Json.Obj answer = theirs.join();
            reused.incrementAndGet();
            return answer;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
