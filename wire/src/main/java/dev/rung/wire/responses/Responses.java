package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.ErrorReply;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Usage;
import dev.rung.wire.form.Written;
import dev.rung.wire.openai.OpenAiErrors;
import org.jspecify.annotations.Nullable;

/** OpenAI Responses. */
public final class Responses implements Codec {
    @Override
    public Dialect dialect() {
        return Dialect.RESPONSES;
    }

    @Override
    public Conversation read(Json.Obj body, @Nullable String model, boolean stream) {
        return new InputReader().read(body);
    }

    @Override
    public Written write(Conversation conversation, Target target) {
        return InputWriter.write(conversation, target);
    }

    @Override
    public Reply readReply(Json.Obj body) {
        return OutputReader.read(body);
    }

    @Override
    public Written writeReply(Reply reply, Asked asked) {
        return OutputWriter.write(reply, asked);
    }

    @Override
    public StreamReader streamReader() {
        return new EventReader();
    }

    @Override
    public StreamWriter streamWriter(Asked asked) {
        return new EventWriter(asked);
    }

    @Override
    public ApiError readError(int status, Json.@Nullable Obj body) {
        return OpenAiErrors.read(status, body);
    }

    @Override
    public ErrorReply writeError(ApiError error) {
        return OpenAiErrors.write(error);
    }

    @Override
    public Usage readUsage(Json.Obj usage) {
        return ResponseUsage.read(usage);
    }
}
