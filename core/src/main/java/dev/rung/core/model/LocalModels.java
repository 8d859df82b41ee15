package dev.rung.core.model;

import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The models that can be asked in this process, each loaded when it is first asked; thread-safe.
 *
 * <p>What is asked computes, often in native code, on the caller's thread or on one that the caller waits for: callers come on platform threads.
 */
public interface LocalModels {
    /** Returns what can be asked just now, by name. */
    SequencedMap<String, LocalModel> available();

    /**
     * Returns what {@code use} makes of the generative model {@code name}, which stays loaded that long.
     *
     * @throws dev.rung.core.RungException.Unavailable when it cannot be loaded, or there is no room for it
     */
    <T> T chat(String name, Function<ChatModel, T> use);

    /** Returns what {@code use} makes of the encoder {@code name}; otherwise as {@link #chat}. */
    <T> T encode(String name, Function<Encoder, T> use);
}
