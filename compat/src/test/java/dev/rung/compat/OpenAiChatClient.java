package dev.rung.compat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** OpenAI's client, with chat completions and embeddings. */
final class OpenAiChatClient implements Client {
    private final OpenAIClient client;
    private final String model;

    OpenAiChatClient(int port, String model, int retries) {
        this.client = OpenAiClients.of(port, retries);
        this.model = model;
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.complementOf(EnumSet.of(Feature.COUNT, Feature.TOP_K));
    }

    @Override
    public String idPrefix() {
        return "chatcmpl-";
    }

    @SuppressWarnings("deprecation") // OpenAI gives the seed up; callers and other servers have it
    private ChatCompletionCreateParams.Builder params(Ask ask) {
        ChatCompletionCreateParams.Builder params =
                ChatCompletionCreateParams.builder().model(model);
        if (ask.system() != null) {
            params.addDeveloperMessage(ask.system());
        }
        Ask.Attachment attachment = ask.attachment();
        if (attachment == null) {
            params.addUserMessage(ask.text());
        } else {
            params.addUserMessageOfArrayOfContentParts(List.of(
                    ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                            .text(ask.text())
                            .build()),
                    part(attachment)));
        }
        switch (ask.option()) {
            case Ask.Option.Stop(String sequence) -> params.stopOfStrings(List.of(sequence));
            case Ask.Option.Seed(int seed) -> params.seed(seed);
            case Ask.Option.Answers(int number) -> params.n(number);
            case Ask.Option.LowEffort low -> params.reasoningEffort(ReasoningEffort.LOW);
            case Ask.Option.TopK most -> throw new UnsupportedOperationException("this client has no top k");
            case null -> {}
        }
        if (!ask.done().isEmpty()) {
            ChatCompletionAssistantMessageParam.Builder assistant = ChatCompletionAssistantMessageParam.builder();
            ask.done()
                    .forEach(done -> assistant.addToolCall(ChatCompletionMessageFunctionToolCall.builder()
                            .id(done.id())
                            .function(ChatCompletionMessageFunctionToolCall.Function.builder()
                                    .name(done.name())
                                    .arguments(done.arguments().compact())
                                    .build())
                            .build()));
            params.addMessage(assistant.build());
            ask.done()
                    .forEach(done -> params.addMessage(ChatCompletionToolMessageParam.builder()
                            .toolCallId(done.id())
                            .content(done.result())
                            .build()));
        }
        ask.tools()
                .forEach(tool -> params.addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name(tool.name())
                                .parameters(FunctionParameters.builder()
                                        .putAllAdditionalProperties(OpenAiClients.values(tool.schema()))
                                        .build())
                                .build())
                        .build()));
        Json.Obj schema = ask.schema();
        if (schema != null) {
            params.responseFormat(ResponseFormatJsonSchema.builder()
                    .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                            .name("answer")
                            .strict(true)
                            .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                    .putAllAdditionalProperties(OpenAiClients.values(schema))
                                    .build())
                            .build())
                    .build());
        }
        return params;
    }

    private static ChatCompletionContentPart part(Ask.Attachment attachment) {
        return attachment.isDocument()
                ? ChatCompletionContentPart.ofFile(ChatCompletionContentPart.File.builder()
                        .file(ChatCompletionContentPart.File.FileObject.builder()
                                .filename("attached.pdf")
                                .fileData(attachment.url())
                                .build())
                        .build())
                : ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                        .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                .url(attachment.url())
                                .build())
                        .build());
    }

    private static Got got(ChatCompletion completion, List<String> pieces) {
        completion.validate();
        ChatCompletion.Choice choice = completion.choices().getFirst();
        List<Got.Call> calls = new ArrayList<>();
        choice.message()
                .toolCalls()
                .orElse(List.of())
                .forEach(call -> calls.add(new Got.Call(
                        call.asFunction().function().name(),
                        Plain.parsed(call.asFunction().function().arguments()))));
        ChatCompletion.Choice.FinishReason expected = calls.isEmpty()
                ? ChatCompletion.Choice.FinishReason.STOP
                : ChatCompletion.Choice.FinishReason.TOOL_CALLS;
        if (!choice.finishReason().equals(expected)) {
            throw new AssertionError("finished by " + choice.finishReason());
        }
        return new Got(
                completion.id(),
                pieces,
                calls,
                completion.usage().orElseThrow().promptTokens(),
                completion.usage().orElseThrow().completionTokens());
    }

    @Override
    public Got chat(Ask ask) {
        ChatCompletion completion =
                client.chat().completions().create(params(ask).build());
        return got(
                completion,
                completion
                        .choices()
                        .getFirst()
                        .message()
                        .content()
                        .map(List::of)
                        .orElse(List.of()));
    }

    private ChatCompletionCreateParams streamed(Ask ask) {
        return params(ask)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
    }

    @Override
    public Got stream(Ask ask, Consumer<String> piece) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<String> pieces = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(streamed(ask))) {
            stream.stream().peek(ChatCompletionChunk::validate).forEach(chunk -> {
                whole.accumulate(chunk);
                chunk.choices()
                        .forEach(choice -> choice.delta()
                                .content()
                                .filter(text -> !text.isEmpty())
                                .ifPresent(text -> {
                                    pieces.add(text);
                                    piece.accept(text);
                                }));
            });
        }
        return got(whole.chatCompletion(), pieces);
    }

    @Override
    public void abandon(Ask ask) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(streamed(ask))) {
            boolean said = stream.stream()
                    .anyMatch(chunk -> chunk.choices().stream()
                            .anyMatch(choice -> choice.delta()
                                    .content()
                                    .filter(text -> !text.isEmpty())
                                    .isPresent()));
            if (!said) {
                throw new AssertionError("nothing was said");
            }
        }
    }

    @Override
    public List<List<Float>> embed(List<String> texts) {
        CreateEmbeddingResponse response = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(model)
                        .inputOfArrayOfStrings(texts)
                        .build());
        response.validate();
        return response.data().stream().map(Embedding::embedding).toList();
    }

    @Override
    public List<String> models() {
        return OpenAiClients.models(client);
    }

    @Override
    public String model(String name) {
        return OpenAiClients.model(client, name);
    }

    @Override
    public Failure failure(Throwable thrown) {
        return OpenAiClients.failure(thrown);
    }

    @Override
    public void close() {
        client.close();
    }
}
