package dev.rung.wire.openai;

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
import org.jspecify.annotations.Nullable;

/** OpenAI chat completions, with the extensions of those who speak it too: {@code reasoning_content}, {@code reasoning_details}, {@code cache_control}. */
public final class OpenAi implements Codec {
    @Override
    public Dialect dialect() {
        return Dialect.OPENAI;
    }

    @Override
    public Conversation read(Json.Obj body, @Nullable String model, boolean stream) {
        return new ChatReader().read(body);
    }

    @Override
    public Written write(Conversation conversation, Target target) {
        return ChatWriter.write(conversation, target);
    }

    @Override
    public Reply readReply(Json.Obj body) {
        return ReplyReader.read(body);
    }

    @Override
    public Written writeReply(Reply reply, Asked asked) {
        return ReplyWriter.write(reply, asked);
    }

    @Override
    public StreamReader streamReader() {
        return new ChunkReader();
    }

    @Override
    public StreamWriter streamWriter(Asked asked) {
        return new ChunkWriter(asked);
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
        return ChatUsage.read(usage);
    }
}
