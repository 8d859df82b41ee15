package dev.rung.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of this benchmark in a JVM of its own, so that its processor time can be told apart; for one thread. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final int port;

    private ChildProcess(Process process) throws IOException {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        String first = out.readLine();
        if (first == null) {
            throw new IOException("the process ended before it listened");
        }
        this.port = Integer.parseInt(first.strip());
    }

    static ChildProcess start(Class<?> main, List<String> options, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    int port() {
        return port;
    }

    /** Returns the answer to a line. */
    long ask(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        return Long.parseLong(out.readLine());
    }

    /** Returns what the system accounts to it. */
    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
