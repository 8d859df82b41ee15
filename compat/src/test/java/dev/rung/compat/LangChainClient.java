package dev.rung.compat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** LangChain4j, through one of its modules for a vendor. */
final class LangChainClient implements Client {
    private final ChatModel whole;
    private final StreamingChatModel streaming;

    LangChainClient(ChatModel whole, StreamingChatModel streaming) {
        this.whole = whole;
        this.streaming = streaming;
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(
                Feature.CHAT,
                Feature.STREAM,
                Feature.SYSTEM,
                Feature.TOOL_CALL,
                Feature.PARALLEL_CALLS,
                Feature.STREAMED_CALLS,
                Feature.EMPTY_ARGUMENTS,
                Feature.TOOL_RESULTS);
    }

    @Override
    public String idPrefix() {
        return "";
    }

    private static ChatRequest request(Ask ask) {
        List<ChatMessage> messages = new ArrayList<>();
        if (ask.system() != null) {
            messages.add(SystemMessage.from(ask.system()));
        }
        messages.add(UserMessage.from(ask.text()));
        if (!ask.done().isEmpty()) {
            List<ToolExecutionRequest> calls = ask.done().stream()
                    .map(done -> ToolExecutionRequest.builder()
                            .id(done.id())
                            .name(done.name())
                            .arguments(done.arguments().compact())
                            .build())
                    .toList();
            messages.add(AiMessage.from(calls));
            for (int i = 0; i < calls.size(); i++) {
                messages.add(ToolExecutionResultMessage.from(
                        calls.get(i), ask.done().get(i).result()));
            }
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(messages);
        if (!ask.tools().isEmpty()) {
            request.toolSpecifications(
                    ask.tools().stream().map(LangChainClient::tool).toList());
        }
        return request.build();
    }

    private static ToolSpecification tool(Ask.Tool tool) {
        JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
        tool.arguments().forEach(schema::addStringProperty);
        return ToolSpecification.builder()
                .name(tool.name())
                .parameters(schema.required(tool.arguments()).build())
                .build();
    }

    private static Got got(ChatResponse response, @Nullable List<String> streamed) {
        AiMessage message = response.aiMessage();
        List<Got.Call> calls = message.toolExecutionRequests() == null
                ? List.of()
                : message.toolExecutionRequests().stream()
                        .map(call -> new Got.Call(call.name(), Plain.parsed(call.arguments())))
                        .toList();
        List<String> pieces = message.text() == null || message.text().isEmpty() ? List.of() : List.of(message.text());
        return new Got(
                response.id() == null ? "" : response.id(),
                streamed == null ? pieces : streamed,
                calls,
                response.tokenUsage().inputTokenCount(),
                response.tokenUsage().outputTokenCount());
    }

    @Override
    public Got chat(Ask ask) {
        return got(whole.chat(request(ask)), null);
    }

    @Override
    public Got stream(Ask ask, Consumer<String> piece) {
        List<String> pieces = new ArrayList<>();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        streaming.chat(request(ask), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                pieces.add(text);
                piece.accept(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        try {
            return got(whole.join(), pieces);
        } catch (CompletionException e) {
            throw new AssertionError(Objects.requireNonNull(e.getCause()));
        }
    }

    @Override
    public void abandon(Ask ask) {
        throw new UnsupportedOperationException("not asked of this client");
    }

    @Override
    public Failure failure(Throwable thrown) {
        Throwable cause = thrown instanceof AssertionError && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new Failure(0, cause.getClass().getSimpleName(), "", String.valueOf(cause.getMessage()), null);
    }
}
