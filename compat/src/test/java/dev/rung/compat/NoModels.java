package dev.rung.compat;

import dev.rung.core.RungException;
import dev.rung.core.model.ChatModel;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LocalModel;
import dev.rung.core.model.LocalModels;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;

/** No models in this process: upstreams and tasks answer here. */
record NoModels() implements LocalModels {
    @Override
    public SequencedMap<String, LocalModel> available() {
        return new LinkedHashMap<>();
    }

    @Override
    public <T> T chat(String name, Function<ChatModel, T> use) {
        throw new RungException.Unavailable("there is no " + name);
    }

    @Override
    public <T> T encode(String name, Function<Encoder, T> use) {
        throw new RungException.Unavailable("there is no " + name);
    }
}
