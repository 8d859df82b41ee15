package dev.rung.compat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.Base64PdfSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageTokensCount;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlockParam;
import com.anthropic.models.models.ModelListParams;
import dev.rung.core.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Anthropic's client. */
final class AnthropicClient implements Client {
    private final com.anthropic.client.AnthropicClient client;
    private final String model;

    AnthropicClient(int port, String model, int retries) {
        this.client = AnthropicOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .apiKey("none is needed")
                .maxRetries(retries)
                .timeout(Duration.ofSeconds(20))
                .build();
        this.model = model;
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.complementOf(EnumSet.of(Feature.EMBEDDINGS, Feature.SEED, Feature.ANSWERS, Feature.TOP_K));
    }

    @Override
    public String idPrefix() {
        return "msg_";
    }

    private static Map<String, JsonValue> values(Json.Obj object) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        Plain.of(object).forEach((name, value) -> values.put(name, JsonValue.from(value)));
        return values;
    }

    private MessageCreateParams params(Ask ask) {
        MessageCreateParams.Builder params =
                MessageCreateParams.builder().model(model).maxTokens(256);
        if (ask.system() != null) {
            params.system(ask.system());
        }
        Ask.Attachment attachment = ask.attachment();
        if (attachment == null) {
            params.addUserMessage(ask.text());
        } else {
            params.addUserMessageOfContentBlockParams(List.of(
                    ContentBlockParam.ofText(
                            TextBlockParam.builder().text(ask.text()).build()),
                    block(attachment)));
        }
        switch (ask.option()) {
            case Ask.Option.Stop(String sequence) -> params.addStopSequence(sequence);
            case Ask.Option.LowEffort low ->
                params.outputConfig(
                        OutputConfig.builder().effort(OutputConfig.Effort.LOW).build());
            case Ask.Option.Seed seed -> throw new UnsupportedOperationException("messages have no seed");
            case Ask.Option.Answers number -> throw new UnsupportedOperationException("messages are one answer");
            case Ask.Option.TopK most -> throw new UnsupportedOperationException("this client has no top k any more");
            case null -> {}
        }
        if (!ask.done().isEmpty()) {
            List<ContentBlockParam> calls = new ArrayList<>();
            List<ContentBlockParam> results = new ArrayList<>();
            for (Ask.Done done : ask.done()) {
                calls.add(ContentBlockParam.ofToolUse(ToolUseBlockParam.builder()
                        .id(done.id())
                        .name(done.name())
                        .input(ToolUseBlockParam.Input.builder()
                                .putAllAdditionalProperties(values(done.arguments()))
                                .build())
                        .build()));
                results.add(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                        .toolUseId(done.id())
                        .content(done.result())
                        .build()));
            }
            params.addAssistantMessageOfContentBlockParams(calls).addUserMessageOfContentBlockParams(results);
        }
        ask.tools().forEach(tool -> params.addTool(tool(tool)));
        Json.Obj schema = ask.schema();
        if (schema != null) {
            params.outputConfig(OutputConfig.builder()
                    .format(JsonOutputFormat.builder()
                            .schema(JsonOutputFormat.Schema.builder()
                                    .putAllAdditionalProperties(values(schema))
                                    .build())
                            .build())
                    .build());
        }
        return params.build();
    }

    private static ContentBlockParam block(Ask.Attachment attachment) {
        return attachment.isDocument()
                ? ContentBlockParam.ofDocument(
                        Base64PdfSource.builder().data(attachment.base64()).build())
                : ContentBlockParam.ofImage(ImageBlockParam.builder()
                        .source(Base64ImageSource.builder()
                                .mediaType(Base64ImageSource.MediaType.of(attachment.mediaType()))
                                .data(attachment.base64())
                                .build())
                        .build());
    }

    private static Tool tool(Ask.Tool tool) {
        return Tool.builder()
                .name(tool.name())
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAllAdditionalProperties(values(tool.schema().object("properties")))
                                .build())
                        .required(tool.arguments())
                        .build())
                .build();
    }

    private static Got got(Message message, @Nullable List<String> streamed) {
        message.validate();
        List<String> pieces = new ArrayList<>();
        List<Got.Call> calls = new ArrayList<>();
        for (ContentBlock block : message.content()) {
            block.text().ifPresent(text -> pieces.add(text.text()));
            block.toolUse()
                    .ifPresent(use -> calls.add(new Got.Call(
                            use.name(),
                            Plain.json(Objects.requireNonNull(use._input().convert(Map.class))))));
        }
        StopReason expected = calls.isEmpty() ? StopReason.END_TURN : StopReason.TOOL_USE;
        if (!message.stopReason().orElseThrow().equals(expected)) {
            throw new AssertionError("stopped by " + message.stopReason());
        }
        return new Got(
                message.id(),
                streamed == null ? pieces : streamed,
                calls,
                message.usage().inputTokens(),
                message.usage().outputTokens());
    }

    @Override
    public Got chat(Ask ask) {
        return got(client.messages().create(params(ask)), null);
    }

    private static String delta(RawMessageStreamEvent event) {
        return event.contentBlockDelta()
                .flatMap(delta -> delta.delta().text())
                .map(text -> text.text())
                .orElse("");
    }

    @Override
    public Got stream(Ask ask, Consumer<String> piece) {
        MessageAccumulator whole = MessageAccumulator.create();
        List<String> pieces = new ArrayList<>();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params(ask))) {
            stream.stream().peek(RawMessageStreamEvent::validate).forEach(event -> {
                whole.accumulate(event);
                if (!delta(event).isEmpty()) {
                    pieces.add(delta(event));
                    piece.accept(delta(event));
                }
            });
        }
        return got(whole.message(), pieces);
    }

    @Override
    public void abandon(Ask ask) {
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params(ask))) {
            if (stream.stream().allMatch(event -> delta(event).isEmpty())) {
                throw new AssertionError("nothing was said");
            }
        }
    }

    @Override
    public long count(Ask ask) {
        MessageCountTokensParams.Builder params =
                MessageCountTokensParams.builder().model(model).addUserMessage(ask.text());
        if (ask.system() != null) {
            params.system(ask.system());
        }
        MessageTokensCount count = client.messages().countTokens(params.build());
        count.validate();
        return count.inputTokens();
    }

    @Override
    public List<String> models() {
        List<String> names = new ArrayList<>();
        client.models()
                .list(ModelListParams.builder().limit(2).build())
                .autoPager()
                .forEach(one -> names.add(one.validate().id()));
        return names;
    }

    @Override
    public String model(String name) {
        return client.models().retrieve(name).validate().id();
    }

    @Override
    public Failure failure(Throwable thrown) {
        if (!(thrown instanceof AnthropicServiceException error)) {
            throw new AssertionError("not an exception of the client: " + thrown, thrown);
        }
        String body = String.valueOf(error.body());
        return new Failure(
                error.statusCode(),
                error.getClass().getSimpleName(),
                error.type().map(Object::toString).orElse(""),
                error.getMessage() + " " + body,
                error.headers().values("retry-after").stream().findFirst().orElse(null));
    }

    @Override
    public void close() {
        client.close();
    }
}
