package dev.rung.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Something that stands between callers and the upstream, or the upstream itself.
 *
 * @param port on this machine
 * @param path that chat completions are posted to
 * @param model by which it knows the upstream's
 * @param key that callers send
 */
record Contender(String name, int port, String path, String model, String key, ProcessTree processes) {

    byte[] request(boolean stream) {
        return RawConnection.chat(path, model, stream, key);
    }

    /**
     * Starts another gateway by its script in {@code bench/peers}, which is given the upstream's port and whose first line says its own port, path and model; waits until it listens.
     *
     * @throws IOException when the script ends, or nothing listens within 30 s
     */
    static Contender start(Path script, int upstream) throws IOException {
        Process process = new ProcessBuilder(script.toAbsolutePath().toString(), Integer.toString(upstream))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        if (first == null) {
            throw new IOException(script + " ended before it said its port");
        }
        String[] words = first.strip().split(" ");
        ProcessTree processes = new ProcessTree(process.toHandle());
        Contender contender = new Contender(
                Objects.requireNonNull(script.getFileName()).toString(),
                Integer.parseInt(words[0]),
                words[1],
                words[2],
                "none",
                processes);
        Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
        contender.awaitFirstAnswer(process);
        return contender;
    }

    private void awaitFirstAnswer(Process process) throws IOException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try (RawConnection connection = new RawConnection(port, request(false))) {
                connection.exchange();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    processes.end();
                    throw new IOException(name + " does not answer: " + e.getMessage(), e);
                }
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
