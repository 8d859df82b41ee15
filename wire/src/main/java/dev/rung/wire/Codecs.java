package dev.rung.wire;

import dev.rung.wire.anthropic.Anthropic;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.gemini.Gemini;
import dev.rung.wire.openai.OpenAi;
import dev.rung.wire.responses.Responses;

/** The readers and writers of every dialect. */
public final class Codecs {
    private static final Codec OPENAI = new OpenAi();
    private static final Codec RESPONSES = new Responses();
    private static final Codec ANTHROPIC = new Anthropic();
    private static final Codec GEMINI = new Gemini();

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
}
