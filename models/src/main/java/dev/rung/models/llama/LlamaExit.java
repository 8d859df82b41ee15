package dev.rung.models.llama;

/**
 * Ends the use of llama.cpp in a process that is about to exit.
 *
 * <p>At exit the C library takes apart what a computation under way still uses (the list of its kinds of buffers), and the process dies of a segmentation fault in place of the
 * exit code it had. Thread-safe.
 */
public final class LlamaExit {
    static final ComputeGate GATE = new ComputeGate();

    private LlamaExit() {}

    /** Waits for the computations under way, and lets none begin again: whoever asks for one waits for the process to end. */
    public static void finish() {
        GATE.shut();
    }
}
