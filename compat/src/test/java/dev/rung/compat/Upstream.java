package dev.rung.compat;

import dev.rung.compat.played.AnthropicVendor;
import dev.rung.compat.played.GeminiVendor;
import dev.rung.compat.played.OpenAiVendor;
import dev.rung.compat.played.ResponsesVendor;
import dev.rung.compat.played.Vendor;

/** What answers behind the gateway, a column of the table. */
enum Upstream {
    OPENAI("OpenAI chat"),
    RESPONSES("OpenAI Responses"),
    ANTHROPIC("Anthropic"),
    GEMINI("Gemini"),
    TASK("a task's release");

    private final String title;

    Upstream(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Returns the played vendor; a task has none. */
    Vendor vendor() {
        return switch (this) {
            case OPENAI -> new OpenAiVendor();
            case RESPONSES -> new ResponsesVendor();
            case ANTHROPIC -> new AnthropicVendor();
            case GEMINI -> new GeminiVendor();
            case TASK -> throw new IllegalStateException("a task is no vendor");
        };
    }
}
