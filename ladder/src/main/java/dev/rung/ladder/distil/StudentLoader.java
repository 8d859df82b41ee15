package dev.rung.ladder.distil;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.Encoder;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.climb.SolverLoader;
import dev.rung.learn.StudentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads students back. */
public final class StudentLoader implements SolverLoader {
    private final Supplier<Encoder> encoder;
    private final Pricing machine;

    /**
     * @param encoder the shared encoder, opened on first use and not closed here
     * @param machine what an hour on this machine costs
     */
    public StudentLoader(Supplier<Encoder> encoder, Pricing machine) {
        this.encoder = encoder;
        this.machine = machine;
    }

    @Override
    public String kind() {
        return StudentSolver.KIND;
    }

    @Override
    public Solver load(Solution solution, Path folder) {
        Path file = folder.resolve(StudentSolver.FILE);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RungException.Corrupt("cannot read " + file, e);
        }
        Sha256 artifact = Sha256.of(content);
        if (!artifact.equals(solution.artifacts().get(StudentSolver.FILE))) {
            throw new RungException.Corrupt(file + " has changed: its hash is not the one in the solution");
        }
        String fingerprint = solution.recipe().string("encoder");
        Encoder meaning = fingerprint.isEmpty() ? null : encoder.get();
        if (meaning != null && !meaning.card().fingerprint().equals(fingerprint)) {
            throw new RungException.Unavailable("the student was certified with another version of "
                    + meaning.card().id() + "; climb again to certify this one");
        }
        List<String> labels = new ArrayList<>();
        for (Json label : solution.recipe().array("labels")) {
            labels.add(label instanceof Json.Str name ? name.value() : label.compact());
        }
        return StudentSolver.checked(
                StudentFile.read(content),
                labels,
                meaning,
                artifact,
                machine,
                solution.recipe().get(StudentSolver.TAUGHT_BY) instanceof Json.Obj origin ? origin : null);
    }
}
