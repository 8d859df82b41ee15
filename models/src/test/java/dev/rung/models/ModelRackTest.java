package dev.rung.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.ChatModel;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelCard;
import dev.rung.models.catalog.Catalog;
import dev.rung.models.catalog.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three models of a hundred bytes each, and room for two. */
class ModelRackTest {
    @TempDir
    private Path folder;

    private final List<String> events = new ArrayList<>();
    private boolean broken;

    private record Named(ModelCard card, List<String> events) implements ChatModel {
        @Override
        public int count(List<Message> messages) {
            return messages.size();
        }

        @Override
        public ChatAnswer answer(ChatPrompt prompt, Consumer<String> pieces) {
            throw new UnsupportedOperationException("nobody asks it");
        }

        @Override
        public void close() {
            events.add("-" + card.id());
        }
    }

    @BeforeEach
    void weights() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name + ".gguf"), "w".repeat(100));
        }
        Files.writeString(folder.resolve("models.yaml"), """
                models:
                  a: {file: a.gguf, context: 512}
                  b: {file: b.gguf, context: 512}
                  c: {file: c.gguf, context: 512}
                  away: {file: away.gguf, context: 512}
                """);
    }

    private ModelRack rack() {
        ModelRack.Opener opener = new ModelRack.Opener() {
            @Override
            public boolean works() {
                return true;
            }

            @Override
            public ChatModel open(ModelCard card, Path file) {
                if (broken) {
                    throw new RungException.Corrupt("damaged");
                }
                events.add("+" + card.id());
                return new Named(card, events);
            }
        };
        return new ModelRack(
                Catalog.with(folder.resolve("models.yaml")),
                new ModelStore(folder.resolve("store")),
                opener,
                () -> {
                    throw new RungException.Unavailable("no encoder in this test");
                },
                250);
    }

    @Test
    void what_is_here_can_be_asked_and_is_loaded_once() {
        try (ModelRack rack = rack()) {
            assertThat(rack.available())
                    .containsKeys("a", "b", "c", "bge-small-en-v1.5")
                    .doesNotContainKey("away");
            assertThat(rack.<Integer>chat("a", model -> model.count(List.of()))).isZero();
            rack.chat("a", ChatModel::card);
            assertThat(events).containsExactly("+a");
            assertThatThrownBy(() -> rack.chat("away", ChatModel::card))
                    .isInstanceOf(RungException.Unavailable.class)
                    .hasMessageContaining("rung models pull away");
        }
        assertThat(events).containsExactly("+a", "-a");
    }

    @Test
    void the_one_that_has_been_idle_longest_makes_room() {
        try (ModelRack rack = rack()) {
            rack.chat("a", ChatModel::card);
            rack.chat("b", ChatModel::card);
            rack.chat("a", ChatModel::card);
            rack.chat("c", ChatModel::card);
            assertThat(events).containsExactly("+a", "+b", "-b", "+c");
        }
    }

    @Test
    void one_at_work_is_not_let_go_and_what_has_no_room_says_so() {
        try (ModelRack rack = rack()) {
            rack.chat(
                    "a",
                    a -> rack.chat("b", b -> {
                        assertThatThrownBy(() -> rack.chat("c", ChatModel::card))
                                .isInstanceOf(RungException.Unavailable.class)
                                .hasMessageContaining("no memory for c");
                        return true;
                    }));
            rack.chat("c", ChatModel::card);
            assertThat(events).containsExactly("+a", "+b", "-a", "+c");
        }
    }

    @Test
    void a_model_that_cannot_be_loaded_takes_no_room() {
        try (ModelRack rack = rack()) {
            broken = true;
            assertThatThrownBy(() -> rack.chat("a", ChatModel::card)).isInstanceOf(RungException.Corrupt.class);
            broken = false;
            rack.chat("b", ChatModel::card);
            rack.chat("c", ChatModel::card);
            assertThat(events).containsExactly("+b", "+c");
        }
    }
}
