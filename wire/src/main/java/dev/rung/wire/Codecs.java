package dev.rung.wire;

import dev.rung.wire.anthropic.Anthropic;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.gemini.Gemini;
import dev.rung.wire.gemini.GeminiEmbeddings;
import dev.rung.wire.openai.OpenAi;
import dev.rung.wire.openai.OpenAiEmbeddings;
import dev.rung.wire.responses.Responses;
import java.util.Optional;

/** The readers and writers of every dialect. */
public final class Codecs {
    private static final Codec OPENAI = new OpenAi();
    private static final Codec RESPONSES = new Responses();
    private static final Codec ANTHROPIC = new Anthropic();
    private static final Codec GEMINI = new Gemini();

    private static final Embedding.Codec OPENAI_EMBEDDINGS = new OpenAiEmbeddings();
    private static final Embedding.Codec GEMINI_EMBEDDINGS = new GeminiEmbeddings();

    private Codecs() {}

    /** Returns the readers and writers of {@code dialect}. */
    public static Codec of(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> OPENAI;
            case RESPONSES -> RESPONSES;
            case ANTHROPIC -> ANTHROPIC;
            case GEMINI -> GEMINI;
        };
    }

    /** Returns the readers and writers of embeddings of {@code dialect}, or nothing where it has none. */
    public static Optional<Embedding.Codec> embeddings(Dialect dialect) {
        return switch (dialect) {
            case OPENAI, RESPONSES -> Optional.of(OPENAI_EMBEDDINGS);
            case GEMINI -> Optional.of(GEMINI_EMBEDDINGS);
            case ANTHROPIC -> Optional.empty();
        };
    }
}
