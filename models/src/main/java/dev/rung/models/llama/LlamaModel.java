package dev.rung.models.llama;

import dev.rung.core.RungException;
import dev.rung.core.model.Message;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a language model in a GGUF file, mapped into memory and shared by the sessions opened on them.
 *
 * <p>Thread-safe. Closing a model closes its sessions first; what is asked of it afterwards throws {@link IllegalStateException}.
 */
public final class LlamaModel implements AutoCloseable {
    private final Path file;
    private final NativeHandle handle;
    private final Vocabulary vocabulary;
    private final ChatTemplate template;
    private final ModelDescription description;
    private final Set<LlamaSession> sessions = new HashSet<>();
    private boolean closed;

    private LlamaModel(Path file, NativeHandle handle) {
        this.file = file;
        this.handle = handle;
        this.vocabulary = new Vocabulary(handle);
        this.template = ChatTemplate.of(handle.use(ModelCalls::chatTemplate), vocabulary);
        this.description = new ModelDescription(
                metadata("general.architecture"),
                metadata("general.name"),
                handle.useInt(ModelCalls::trainedContext),
                vocabulary.size(),
                handle.use(ModelCalls::parameters),
                template.isModelsOwn());
    }

    /** Returns why no local model can run on this machine, or nothing when they can; the first call opens the native library. */
    public static Optional<String> unavailable() {
        return Natives.missing();
    }

    /**
     * Maps a GGUF file.
     *
     * @throws RungException.Unavailable when the native library cannot be bound here, or the file is not there
     * @throws RungException.Corrupt when the file is not a model that this build of llama.cpp can read
     * @throws RungException.WrongInput when the model is of a kind that cannot continue a text (an encoder, a recurrent network)
     */
    public static LlamaModel load(Path file) {
        Natives.require();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new RungException.Unavailable("no readable model file at " + file);
        }
        if (!startsAsGguf(file)) {
            throw new RungException.Corrupt(file + " is not a GGUF file: it does not begin with the letters GGUF");
        }
        NativeLog.clear();
        MemorySegment address = map(file);
        if (address.equals(MemorySegment.NULL)) {
            throw new RungException.Corrupt(
                    file + " cannot be read by llama.cpp b" + Natives.BUILD + ": " + NativeLog.errors());
        }
        NativeHandle handle = new NativeHandle("model " + file.getFileName(), address, ModelCalls::free);
        if (!handle.use(ModelCalls::isPlainDecoder)) {
            handle.close();
            throw new RungException.WrongInput(
                    file + " holds an encoder or a recurrent model; Rung runs decoder-only transformers");
        }
        return new LlamaModel(file, handle);
    }

    private static boolean startsAsGguf(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 'G' && magic[1] == 'G' && magic[2] == 'U' && magic[3] == 'F';
        } catch (IOException e) {
            throw new RungException.Unavailable("the model file " + file + " cannot be read: " + e, e);
        }
    }

    private static MemorySegment map(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = ModelCalls.defaults(arena);
            // An empty list of devices: the processor only, so that the same file gives the same answers on every
            // machine.
            MemorySegment noDevices = arena.allocateFrom(java.lang.foreign.ValueLayout.ADDRESS, MemorySegment.NULL);
            Layouts.set(params, Layouts.MODEL_PARAMS, "devices", noDevices);
            Layouts.set(params, Layouts.MODEL_PARAMS, "n_gpu_layers", 0);
            return ModelCalls.load(arena.allocateFrom(file.toString()), params);
        }
    }

    /** Returns what the file says of the model. */
    public ModelDescription description() {
        return description;
    }

    public Path file() {
        return file;
    }

    /** Returns the tokens of text that is not trusted: what looks like a control token in it becomes ordinary tokens. */
    public int[] tokens(String text) {
        return vocabulary.tokens(text);
    }

    /** Returns the text of tokens; control tokens have none. */
    public String text(int... tokens) {
        return vocabulary.text(tokens);
    }

    /**
     * Returns the tokens of a conversation in the model's own template, the assistant's turn opened.
     *
     * <p>Control tokens come from the template only: text of messages that looks like one stays text. A model whose template is missing or unknown to
     * llama.cpp gets a plain layout ({@code User: … Assistant:}), see {@link ModelDescription#hasChatTemplate()}.
     */
    public int[] prompt(List<Message> messages) {
        return template.tokens(messages);
    }

    /** Opens a session; throws {@link RungException.Unavailable} when there is not enough memory for it. */
    public synchronized LlamaSession open(SessionOptions options) {
        if (closed) {
            throw new IllegalStateException("model " + file.getFileName() + " is closed");
        }
        LlamaSession session = new LlamaSession(this, options);
        sessions.add(session);
        return session;
    }

    @Override
    public void close() {
        List<LlamaSession> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(sessions);
        }
        open.forEach(LlamaSession::close);
        handle.close();
    }

    synchronized void forget(LlamaSession session) {
        sessions.remove(session);
    }

    NativeHandle handle() {
        return handle;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    ChatTemplate template() {
        return template;
    }

    private String metadata(String key) {
        return handle.use(model -> ModelCalls.metadata(model, key)).orElse("");
    }
}
