package dev.rung.compat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseErrorEvent;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputFile;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import com.openai.models.responses.ResponseUsage;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import com.openai.models.responses.inputtokens.InputTokenCountResponse;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** OpenAI's client, with responses. */
final class OpenAiResponsesClient implements Client {
    private final OpenAIClient client;
    private final String model;

    OpenAiResponsesClient(int port, String model, int retries) {
        this.client = OpenAiClients.of(port, retries);
        this.model = model;
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.complementOf(
                EnumSet.of(Feature.EMBEDDINGS, Feature.STOP, Feature.SEED, Feature.ANSWERS, Feature.TOP_K));
    }

    @Override
    public String idPrefix() {
        return "resp_";
    }

    private ResponseCreateParams.Builder params(Ask ask) {
        List<ResponseInputItem> items = new ArrayList<>();
        EasyInputMessage.Builder message = EasyInputMessage.builder().role(EasyInputMessage.Role.USER);
        Ask.Attachment attachment = ask.attachment();
        if (attachment == null) {
            message.content(ask.text());
        } else {
            message.contentOfResponseInputMessageContentList(List.of(
                    ResponseInputContent.ofInputText(
                            ResponseInputText.builder().text(ask.text()).build()),
                    content(attachment)));
        }
        items.add(ResponseInputItem.ofEasyInputMessage(message.build()));
        for (Ask.Done done : ask.done()) {
            items.add(ResponseInputItem.ofFunctionCall(ResponseFunctionToolCall.builder()
                    .callId(done.id())
                    .name(done.name())
                    .arguments(done.arguments().compact())
                    .build()));
        }
        for (Ask.Done done : ask.done()) {
            items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                    .callId(done.id())
                    .output(done.result())
                    .build()));
        }
        ResponseCreateParams.Builder params =
                ResponseCreateParams.builder().model(model).inputOfResponse(items);
        if (ask.system() != null) {
            params.instructions(ask.system());
        }
        switch (ask.option()) {
            case Ask.Option.LowEffort low ->
                params.reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build());
            case Ask.Option.Stop stop -> throw new UnsupportedOperationException("responses have no stop sequences");
            case Ask.Option.Seed seed -> throw new UnsupportedOperationException("responses have no seed");
            case Ask.Option.Answers number -> throw new UnsupportedOperationException("responses are one answer");
            case Ask.Option.TopK most -> throw new UnsupportedOperationException("responses have no top k");
            case null -> {}
        }
        ask.tools().forEach(tool -> params.addTool(function(tool)));
        Json.Obj schema = ask.schema();
        if (schema != null) {
            params.text(ResponseTextConfig.builder()
                    .format(ResponseFormatTextJsonSchemaConfig.builder()
                            .name("answer")
                            .strict(true)
                            .schema(ResponseFormatTextJsonSchemaConfig.Schema.builder()
                                    .putAllAdditionalProperties(OpenAiClients.values(schema))
                                    .build())
                            .build())
                    .build());
        }
        return params;
    }

    private static ResponseInputContent content(Ask.Attachment attachment) {
        return attachment.isDocument()
                ? ResponseInputContent.ofInputFile(ResponseInputFile.builder()
                        .filename("attached.pdf")
                        .fileData(attachment.url())
                        .build())
                : ResponseInputContent.ofInputImage(ResponseInputImage.builder()
                        .detail(ResponseInputImage.Detail.AUTO)
                        .imageUrl(attachment.url())
                        .build());
    }

    private static FunctionTool function(Ask.Tool tool) {
        return FunctionTool.builder()
                .name(tool.name())
                .strict(false)
                .parameters(FunctionTool.Parameters.builder()
                        .putAllAdditionalProperties(OpenAiClients.values(tool.schema()))
                        .build())
                .build();
    }

    private static Got got(Response response, @Nullable List<String> streamed) {
        response.validate();
        if (!response.status().orElseThrow().equals(ResponseStatus.COMPLETED)) {
            throw new AssertionError("ended as " + response.status());
        }
        List<String> pieces = new ArrayList<>();
        List<Got.Call> calls = new ArrayList<>();
        for (ResponseOutputItem item : response.output()) {
            item.functionCall().ifPresent(call -> calls.add(new Got.Call(call.name(), Plain.parsed(call.arguments()))));
            item.message()
                    .ifPresent(message -> message.content()
                            .forEach(part -> pieces.add(part.asOutputText().text())));
        }
        ResponseUsage usage = response.usage().orElseThrow();
        return new Got(
                response.id(), streamed == null ? pieces : streamed, calls, usage.inputTokens(), usage.outputTokens());
    }

    @Override
    public Got chat(Ask ask) {
        return got(client.responses().create(params(ask).build()), null);
    }

    @Override
    public Got stream(Ask ask, Consumer<String> piece) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        List<String> pieces = new ArrayList<>();
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params(ask).build())) {
            stream.stream().forEach(event -> {
                if (event.isError()) {
                    throw new ErrorInStream(event.asError().validate());
                }
                event.validate();
                whole.accumulate(event);
                event.outputTextDelta().ifPresent(delta -> {
                    pieces.add(delta.delta());
                    piece.accept(delta.delta());
                });
            });
        }
        return got(whole.response(), pieces);
    }

    /** What a user of this client makes of an event that tells of an error: the client itself raises nothing for it. */
    private static final class ErrorInStream extends OpenAIException {
        private static final long serialVersionUID = 1;
        private final String code;

        ErrorInStream(ResponseErrorEvent event) {
            super(event.message());
            this.code = event.code().orElse("");
        }
    }

    @Override
    public void abandon(Ask ask) {
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params(ask).build())) {
            if (stream.stream().noneMatch(ResponseStreamEvent::isOutputTextDelta)) {
                throw new AssertionError("nothing was said");
            }
        }
    }

    @Override
    public long count(Ask ask) {
        InputTokenCountParams.Builder params =
                InputTokenCountParams.builder().model(model).input(ask.text());
        if (ask.system() != null) {
            params.instructions(ask.system());
        }
        InputTokenCountResponse response = client.responses().inputTokens().count(params.build());
        response.validate();
        return response.inputTokens();
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
        return thrown instanceof ErrorInStream error
                ? new Failure(0, "ErrorInStream", error.code, error.code + " " + error.getMessage(), null)
                : OpenAiClients.failure(thrown);
    }

    @Override
    public void close() {
        client.close();
    }
}
