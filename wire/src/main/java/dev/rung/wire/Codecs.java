package dev.rung.wire;

import dev.rung.wire.anthropic.Anthropic;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.openai.OpenAi;

/** The readers and writers of every dialect. */
public final class Codecs {
    private static final Codec OPENAI = new OpenAi();
    private static final Codec ANTHROPIC = new Anthropic();

    private Codecs() {}

    /** Returns the readers and writers of {@code dialect}. */
    public static Codec of(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> OPENAI;
            case ANTHROPIC -> ANTHROPIC;
        };
    }
}
