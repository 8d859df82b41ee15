package dev.rung.wire.form;

/** An interface that vendors' clients and servers speak. */
public enum Dialect {
    OPENAI("OpenAI chat completions"),
    RESPONSES("OpenAI Responses"),
    ANTHROPIC("Anthropic Messages"),
    GEMINI("Gemini");

    private final String title;

    Dialect(String title) {
        this.title = title;
    }

    /** Returns what people call it. */
    public String title() {
        return title;
    }
}
