package dev.rung.wire.anthropic;

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

/** Anthropic Messages. */
public final class Anthropic implements Codec {
    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC;
    }

    @Override
    public Conversation read(Json.Obj body, @Nullable String model, boolean stream) {
        return new RequestReader().read(body);
    }

    @Override
    public Written write(Conversation conversation, Target target) {
        return RequestWriter.write(conversation, target);
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
        return new MessageStreamReader();
    }

    @Override
    public StreamWriter streamWriter(Asked asked) {
        return new MessageStreamWriter(asked);
    }

    @Override
    public ApiError readError(int status, Json.@Nullable Obj body) {
        return AnthropicErrors.read(status, body);
    }

    @Override
    public ErrorReply writeError(ApiError error) {
        return AnthropicErrors.write(error);
    }

    @Override
    public Usage readUsage(Json.Obj usage) {
        return MessageUsage.read(usage);
    }
}
