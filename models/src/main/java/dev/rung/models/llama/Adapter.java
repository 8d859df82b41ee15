package dev.rung.models.llama;

import dev.rung.core.RungException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** A LoRA adapter (GGUF) in memory, to be added to a model's weights with a scale. Confined to its session's thread. */
final class Adapter implements AutoCloseable {
    private final MemorySegment address;
    private final float scale;
    private boolean closed;

    private Adapter(MemorySegment address, float scale) {
        this.address = address;
        this.scale = scale;
    }

    /**
     * Loads an adapter.
     *
     * @throws RungException.Unavailable when the file is not there
     * @throws RungException.Corrupt when it is not an adapter of this model
     */
    static Adapter load(NativeHandle model, Path file, double scale) {
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("an adapter's scale is a finite number, not " + scale);
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new RungException.Unavailable("no readable adapter file at " + file);
        }
        NativeLog.clear();
        MemorySegment address;
        try (Arena arena = Arena.ofConfined()) {
            address = model.use(m -> ModelCalls.loadAdapter(m, arena.allocateFrom(file.toString())));
        }
        if (address.equals(MemorySegment.NULL)) {
            throw new RungException.Corrupt(
                    file + " is not a LoRA adapter (GGUF) of this model: " + NativeLog.errors());
        }
        return new Adapter(address, (float) scale);
    }

    void applyTo(DecodeContext context) {
        context.setAdapter(address, scale);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ModelCalls.freeAdapter(address);
        }
    }
}
