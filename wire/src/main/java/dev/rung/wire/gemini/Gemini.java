package dev.rung.wire.gemini;

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

/** Gemini's generateContent and streamGenerateContent; a request's path names the model and says whether to stream. */
public final class Gemini implements Codec {
    @Override
    public Dialect dialect() {
        return Dialect.GEMINI;
    }

    @Override
    public Conversation read(Json.Obj body, @Nullable String model, boolean stream) {
        return new ContentsReader().read(body, model, stream);
    }

    @Override
    public Written write(Conversation conversation, Target target) {
        return ContentsWriter.write(conversation, target);
    }

    @Override
    public Reply readReply(Json.Obj body) {
        return CandidatesReader.read(body);
    }

    @Override
    public Written writeReply(Reply reply, Asked asked) {
        return CandidatesWriter.write(reply, asked);
    }

    @Override
    public StreamReader streamReader() {
        return new ResponseStreamReader();
    }

    @Override
    public StreamWriter streamWriter(Asked asked) {
        return new ResponseStreamWriter(asked);
    }

    @Override
    public ApiError readError(int status, Json.@Nullable Obj body) {
        return GoogleErrors.read(status, body);
    }

    @Override
    public ErrorReply writeError(ApiError error) {
        return GoogleErrors.write(error);
    }

    @Override
    public Usage readUsage(Json.Obj usage) {
        return UsageMetadata.read(usage);
    }
}
