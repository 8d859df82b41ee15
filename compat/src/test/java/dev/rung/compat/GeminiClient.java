package dev.rung.compat;

import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.ContentEmbedding;
import com.google.genai.types.CountTokensConfig;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.GetModelConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Google's client. */
final class GeminiClient implements Client {
    private final com.google.genai.Client client;
    private final String model;

    GeminiClient(int port, String model, int retries) {
        this.client = com.google.genai.Client.builder()
                .apiKey("none is needed")
                .httpOptions(HttpOptions.builder()
                        .baseUrl("http://127.0.0.1:" + port)
                        .timeout(20_000)
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(1 + retries)
                                .initialDelay(0.02)
                                .jitter(0.0)
                                .build())
                        .build())
                .build();
        this.model = model;
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.allOf(Feature.class);
    }

    @Override
    public String idPrefix() {
        return "";
    }

    private static List<Content> contents(Ask ask) {
        List<Content> contents = new ArrayList<>();
        Ask.Attachment attachment = ask.attachment();
        List<Part> parts = new ArrayList<>(List.of(Part.fromText(ask.text())));
        if (attachment != null) {
            parts.add(Part.fromBytes(Base64.getDecoder().decode(attachment.base64()), attachment.mediaType()));
        }
        contents.add(Content.builder().role("user").parts(parts).build());
        if (!ask.done().isEmpty()) {
            List<Part> calls = new ArrayList<>();
            List<Part> results = new ArrayList<>();
            for (Ask.Done done : ask.done()) {
                calls.add(Part.builder()
                        .functionCall(FunctionCall.builder()
                                .id(done.id())
                                .name(done.name())
                                .args(Plain.of(done.arguments()))
                                .build())
                        .build());
                results.add(Part.builder()
                        .functionResponse(FunctionResponse.builder()
                                .id(done.id())
                                .name(done.name())
                                .response(Map.of("output", done.result()))
                                .build())
                        .build());
            }
            contents.add(Content.builder().role("model").parts(calls).build());
            contents.add(Content.builder().role("user").parts(results).build());
        }
        return contents;
    }

    private static GenerateContentConfig config(Ask ask) {
        GenerateContentConfig.Builder config = GenerateContentConfig.builder();
        if (ask.system() != null) {
            config.systemInstruction(Content.fromParts(Part.fromText(ask.system())));
        }
        switch (ask.option()) {
            case Ask.Option.Stop(String sequence) -> config.stopSequences(sequence);
            case Ask.Option.Seed(int seed) -> config.seed(seed);
            case Ask.Option.Answers(int number) -> config.candidateCount(number);
            case Ask.Option.TopK(int most) -> config.topK((float) most);
            case Ask.Option.LowEffort low ->
                config.thinkingConfig(
                        ThinkingConfig.builder().thinkingBudget(1_024).build());
            case null -> {}
        }
        if (!ask.tools().isEmpty()) {
            config.tools(Tool.builder()
                    .functionDeclarations(ask.tools().stream()
                            .map(tool -> FunctionDeclaration.builder()
                                    .name(tool.name())
                                    .parametersJsonSchema(Plain.of(tool.schema()))
                                    .build())
                            .toList())
                    .build());
        }
        Json.Obj schema = ask.schema();
        if (schema != null) {
            config.responseMimeType("application/json").responseJsonSchema(Plain.of(schema));
        }
        return config.build();
    }

    /** Gathers what replies bring, whole or in pieces. */
    private static final class Gathered {
        private final List<String> pieces = new ArrayList<>();
        private final List<Got.Call> calls = new ArrayList<>();
        private String id = "";
        private long input;
        private long output;
        private boolean finished;

        /** Takes in a reply, and returns the text that it brings. */
        String add(GenerateContentResponse reply) {
            StringBuilder text = new StringBuilder();
            for (Part part : reply.parts() == null ? List.<Part>of() : reply.parts()) {
                part.text().ifPresent(text::append);
                part.functionCall()
                        .ifPresent(call -> calls.add(new Got.Call(
                                call.name().orElseThrow(),
                                Plain.json(call.args().orElse(Map.of())))));
            }
            if (!text.isEmpty()) {
                pieces.add(text.toString());
            }
            id = reply.responseId().orElse(id);
            if (reply.usageMetadata().isPresent()) {
                GenerateContentResponseUsageMetadata usage =
                        reply.usageMetadata().orElseThrow();
                input = usage.promptTokenCount().orElse(0);
                output = usage.candidatesTokenCount().orElse(0);
            }
            finished |= reply.candidates().orElse(List.of()).stream()
                    .anyMatch(one -> one.finishReason()
                            .filter(reason -> reason.knownEnum() == FinishReason.Known.STOP)
                            .isPresent());
            return text.toString();
        }

        Got got() {
            if (!finished) {
                throw new AssertionError("no candidate has finished");
            }
            return new Got(id, pieces, calls, input, output);
        }
    }

    @Override
    public Got chat(Ask ask) {
        Gathered gathered = new Gathered();
        gathered.add(client.models.generateContent(model, contents(ask), config(ask)));
        return gathered.got();
    }

    @Override
    public Got stream(Ask ask, Consumer<String> piece) {
        Gathered gathered = new Gathered();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, contents(ask), config(ask))) {
            for (GenerateContentResponse reply : stream) {
                String text = gathered.add(reply);
                if (!text.isEmpty()) {
                    piece.accept(text);
                }
            }
        }
        return gathered.got();
    }

    @Override
    public void abandon(Ask ask) {
        Gathered gathered = new Gathered();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, contents(ask), config(ask))) {
            for (GenerateContentResponse reply : stream) {
                if (!gathered.add(reply).isEmpty()) {
                    return;
                }
            }
        }
        throw new AssertionError("nothing was said");
    }

    @Override
    public List<List<Float>> embed(List<String> texts) {
        return client
                .models
                .embedContent(model, texts, EmbedContentConfig.builder().build())
                .embeddings()
                .orElseThrow()
                .stream()
                .map((ContentEmbedding one) -> one.values().orElseThrow())
                .toList();
    }

    @Override
    public long count(Ask ask) {
        return client.models
                .countTokens(model, contents(ask), CountTokensConfig.builder().build())
                .totalTokens()
                .orElseThrow();
    }

    @Override
    public List<String> models() {
        List<String> names = new ArrayList<>();
        for (Model one :
                client.models.list(ListModelsConfig.builder().pageSize(2).build())) {
            names.add(bare(one));
        }
        return names;
    }

    @Override
    public String model(String name) {
        Model one = client.models.get(name, GetModelConfig.builder().build());
        if (!one.supportedActions().orElseThrow().contains("generateContent")) {
            throw new AssertionError("it is not said that the model can be asked");
        }
        return bare(one);
    }

    private static String bare(Model model) {
        return model.name().orElseThrow().substring("models/".length());
    }

    @Override
    public Failure failure(Throwable thrown) {
        if (!(thrown instanceof ApiException error)) {
            throw new AssertionError("not an exception of the client: " + thrown, thrown);
        }
        return new Failure(
                error.code(), error.getClass().getSimpleName(), error.status(), String.valueOf(error.message()), null);
    }

    @Override
    public void close() {
        client.close();
    }
}
