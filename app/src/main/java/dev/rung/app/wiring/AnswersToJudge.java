package dev.rung.app.wiring;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.evidence.Judged;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.ClimbRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers of an undecided climb that wait for people's verdict, as a file of the form that {@code judge: labelled:} reads. */
final class AnswersToJudge {
    private AnswersToJudge() {}

    /** Writes {@code file} and returns it, or null when no answer waits. */
    static @Nullable Path write(ClimbRecord record, SealedExamples sealed, Path file) {
        Set<List<String>> rows = new HashSet<>();
        List<String> lines = new ArrayList<>(List.of("input,answer,verdict"));
        Map<ExampleId, String> inputs = new HashMap<>();
        for (Outcome outcome : waiting(record)) {
            if (inputs.isEmpty()) {
                for (int index = 0; index < sealed.size(); index++) {
                    Example row = sealed.open(index, "write down answers for people to judge");
                    inputs.put(row.id(), row.input());
                }
            }
            String input = inputs.getOrDefault(outcome.example(), "");
            String answer = outcome.output().text();
            if (rows.add(List.of(input, answer))) {
                lines.add(quoted(input) + "," + quoted(answer) + ",");
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static List<Outcome> waiting(ClimbRecord record) {
        List<Outcome> waiting = new ArrayList<>();
        for (Requirement requirement : record.task().bar().requirements()) {
            if (!(requirement instanceof Requirement.JudgeScoreAtLeast(double floor, int each, String judge))) {
                continue;
            }
            for (Candidate candidate : record.candidates()) {
                if (candidate instanceof Candidate.Tried tried
                        && tried.sealed() != null
                        && tried.verdict() instanceof Verdict.NotEnough) {
                    waiting.addAll(waiting(tried.sealed().outcomes(), each));
                }
            }
        }
        return waiting;
    }

    // People judge every (each + 1)-th answer to a fresh question, from the first.
    private static List<Outcome> waiting(List<Outcome> outcomes, int each) {
        List<Outcome> waiting = new ArrayList<>();
        Set<String> questions = new HashSet<>();
        int fresh = 0;
        for (Outcome outcome : outcomes) {
            Judged judged = outcome.judged();
            if (judged != null
                    && questions.add(outcome.cluster())
                    && fresh++ % (each + 1) == 0
                    && !judged.isLabelled()) {
                waiting.add(outcome);
            }
        }
        return waiting;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
