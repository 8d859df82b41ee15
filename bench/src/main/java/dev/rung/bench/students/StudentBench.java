package dev.rung.bench.students;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Teaches students on public data and examines them on the official test rows. */
@Command(
        name = "students",
        mixinStandardHelpOptions = true,
        description =
                "Teach every shape of student on the official training rows of public tasks, then examine all on the official test rows.",
        footerHeading = "%nExample:%n",
        footer = "  RUNG_DATA=~/data students banking77 clinc150 --json students.json")
public final class StudentBench implements Callable<Integer> {
    @Parameters(paramLabel = "TASK", arity = "1..*", description = "banking77 or clinc150")
    private List<String> tasks = List.of();

    @Option(
            names = "--examples",
            paramLabel = "DIR",
            description = "where the task folders are (default: ${DEFAULT-VALUE})")
    private Path examples = Path.of("examples");

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "where computed features are kept (default: ${DEFAULT-VALUE})")
    private Path home = Path.of("bench", "target", "students");

    @Option(
            names = "--rehearse",
            description = "examine on a fifth of the training rows instead; the test file is not opened")
    private boolean rehearse;

    @Option(names = "--json", paramLabel = "FILE", description = "write everything measured, with each row's answer")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        List<Json> results = new ArrayList<>();
        try (Features features = new Features(home)) {
            for (String task : tasks) {
                PublicTask read = PublicTask.read(examples.resolve(task));
                results.add(new OfficialSplit(rehearse ? read.rehearsal() : read, features).run());
            }
        }
        Path to = json;
        if (to != null) {
            Files.writeString(to, JsonText.pretty(Json.array(results)) + "\n");
        }
        return 0;
    }

    public static void main(String[] args) {
        int status = new CommandLine(new StudentBench())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof RungException) {
                        command.getErr().println("error: " + e.getMessage());
                        return 2;
                    }
                    throw e;
                })
                .execute(args);
        System.exit(status);
    }
}
