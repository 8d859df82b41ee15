package dev.rung.models;

import dev.rung.core.RungException;
import dev.rung.core.model.ChatModel;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LocalModel;
import dev.rung.core.model.LocalModels;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.models.catalog.Catalog;
import dev.rung.models.catalog.CatalogEntry;
import dev.rung.models.catalog.Engine;
import dev.rung.models.catalog.ModelStore;
import dev.rung.models.catalog.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's models that run in this process: those whose weights are on the disk, and the encoders that come with Rung.
 *
 * <p>A model is loaded when it is first asked and kept. When the weights of another would take more memory than allowed, those that have been idle longest are
 * let go. Thread-safe.
 */
public final class ModelRack implements LocalModels, AutoCloseable {
    private final Catalog catalog;
    private final ModelStore store;
    private final Opener opener;
    private final Supplier<Encoder> encoder;
    private final long most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true); // the longest unused first
    private boolean closed;

    /** What loads weights. */
    public interface Opener {
        /** Tells whether it can run on this machine. */
        boolean works();

        /** Returns the model with the given weights, loaded; the caller closes it. */
        ChatModel open(ModelCard card, Path weights);
    }

    /**
     * Makes the rack; nothing is loaded.
     *
     * @param encoder returns the encoder that comes with Rung, loaded; asked for each use. It stays its owner's
     * @param most the bytes that the weights of loaded models may have together; a single model may always be loaded
     */
    public ModelRack(Catalog catalog, ModelStore store, Opener opener, Supplier<Encoder> encoder, long most) {
        this.catalog = catalog;
        this.store = store;
        this.opener = opener;
        this.encoder = encoder;
        this.most = most;
    }

    /** One model, loaded or being loaded; users and bytes belong to the rack's lock. */
    private static final class Slot {
        private final ReentrantLock loading = new ReentrantLock();
        private final long bytes;
        private @Nullable ChatModel model;
        private int users;

        Slot(long bytes) {
            this.bytes = bytes;
        }

        ChatModel model(Supplier<ChatModel> load) {
            loading.lock();
            try {
                ChatModel now = model;
                if (now == null) {
                    now = load.get();
                    model = now;
                }
                return now;
            } finally {
                loading.unlock();
            }
        }

        void close() {
            loading.lock();
            try {
                if (model != null) {
                    model.close();
                    model = null;
                }
            } finally {
                loading.unlock();
            }
        }
    }

    @Override
    public SequencedMap<String, LocalModel> available() {
        SequencedMap<String, LocalModel> found = new LinkedHashMap<>();
        for (CatalogEntry entry : catalog.entries()) {
            boolean there = switch (entry.engine()) {
                case Engine.Llama(Weights weights) -> store.has(entry.id(), weights) && opener.works();
                case Engine.Onnx onnx -> true;
                case Engine.OpenAi server -> false;
            };
            if (there) {
                String name = entry.id().value();
                found.put(name, new LocalModel(name, entry.kind(), entry.contextTokens(), entry.pricing()));
            }
        }
        return Collections.unmodifiableSequencedMap(found);
    }

    @Override
    public <T> T chat(String name, Function<ChatModel, T> use) {
        CatalogEntry entry = catalog.require(new ModelId(name));
        if (!(entry.engine() instanceof Engine.Llama(Weights weights))) {
            throw new RungException.Unavailable(name + " is no generative model of this machine");
        }
        if (!store.has(entry.id(), weights)) {
            throw new RungException.Unavailable("the weights of " + name + " are not here: rung models pull " + name);
        }
        Path file = store.file(entry.id(), weights);
        Slot slot = take(name, file);
        boolean used = false;
        try {
            ChatModel model = slot.model(() ->
                    opener.open(entry.card(store.verified(entry.id(), weights).hex()), file));
            used = true;
            return use.apply(model);
        } finally {
            giveBack(name, slot, used);
        }
    }

    @Override
    public <T> T encode(String name, Function<Encoder, T> use) {
        if (!(catalog.require(new ModelId(name)).engine() instanceof Engine.Onnx)) {
            throw new RungException.Unavailable(name + " is no encoder of this machine");
        }
        return use.apply(encoder.get());
    }

    private Slot take(String name, Path file) {
        List<Slot> leaving = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                throw new RungException.Unavailable("the models are closed");
            }
            Slot slot = slots.get(name);
            if (slot == null) {
                slot = new Slot(file.toFile().length());
                makeRoom(name, slot.bytes, leaving);
                slots.put(name, slot);
            }
            slot.users++;
            return slot;
        } finally {
            lock.unlock();
            leaving.forEach(Slot::close);
        }
    }

    private void makeRoom(String name, long bytes, List<Slot> leaving) {
        long sum = bytes + slots.values().stream().mapToLong(slot -> slot.bytes).sum();
        for (Iterator<Slot> each = slots.values().iterator(); sum > most && each.hasNext(); ) {
            Slot slot = each.next();
            if (slot.users == 0) {
                each.remove();
                leaving.add(slot);
                sum -= slot.bytes;
            }
        }
        if (sum > most && !slots.isEmpty()) {
            throw new RungException.Unavailable(
                    "there is no memory for " + name + " beside the models at work: " + slots.keySet());
        }
    }

    private void giveBack(String name, Slot slot, boolean loaded) {
        lock.lock();
        try {
            slot.users--;
            if (!loaded && slot.users == 0 && slot.model == null) {
                slots.remove(name, slot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets every model go; what is asked of them meanwhile is waited for. */
    @Override
    public void close() {
        List<Slot> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(slots.values());
            slots.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Slot::close);
    }
}
