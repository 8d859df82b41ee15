package dev.rung.wire;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The same requests, replies and streams in every dialect, written from the vendors' public specifications. */
final class Samples {
    /** What is asked for. */
    static final List<String> REQUESTS = List.of("chat", "turns", "tools", "results", "schema", "media", "settings");

    /** What is answered, whole and as a stream. */
    static final List<String> REPLIES = List.of("text", "calls", "reasoning", "refusal", "length");

    private Samples() {}

    static Json.Obj request(Dialect dialect, String name) {
        return json(dialect, "request/" + name + ".json");
    }

    static Conversation conversation(Dialect dialect, String name) {
        // Gemini's path says what others say in the body.
        return Codecs.of(dialect)
                .read(request(dialect, name), dialect == Dialect.GEMINI ? "m" : null, name.equals("turns"));
    }

    static Json.Obj replyBody(Dialect dialect, String name) {
        return json(dialect, "reply/" + name + ".json");
    }

    static Reply reply(Dialect dialect, String name) {
        return Codecs.of(dialect).readReply(replyBody(dialect, name));
    }

    static byte[] stream(Dialect dialect, String name) {
        return bytes(dialect, "stream/" + name + ".sse");
    }

    /** Returns a conversation as if it had been read in another dialect, so that a writer cannot hand back what it was given. */
    static Conversation foreign(Conversation c, Codec writer) {
        return new Conversation(
                other(writer.dialect()),
                c.model(),
                c.turns(),
                c.tools(),
                c.toolChoice(),
                c.settings(),
                c.format(),
                c.thinking(),
                c.stream(),
                c.includeUsage(),
                c.unknown(),
                Json.object());
    }

    /** Returns a reply as if it had been read in another dialect. */
    static Reply foreign(Reply r, Codec writer) {
        return new Reply(
                other(writer.dialect()),
                r.id(),
                r.model(),
                r.created(),
                r.choices(),
                r.usage(),
                r.unknown(),
                Json.object());
    }

    private static Dialect other(Dialect dialect) {
        return dialect == Dialect.OPENAI ? Dialect.ANTHROPIC : Dialect.OPENAI;
    }

    private static Json.Obj json(Dialect dialect, String name) {
        return (Json.Obj) JsonText.parse(new String(bytes(dialect, name), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Dialect dialect, String name) {
        String path = dialect.name().toLowerCase(Locale.ROOT) + "/" + name;
        try (InputStream in = Samples.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no sample " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
