package dev.rung.ladder.certificate;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Bar;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Verification.Check;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a release's folder against its certificate, and the certificate against the outcomes: every hash, score, estimate, verdict, share of the error budget, and the order of tests.
 *
 * <p>A byte that was changed anywhere makes the check fail that bears its file's name. Stateless and thread-safe.
 */
public final class CertificateVerifier {
    private CertificateVerifier() {}

    /** Verifies {@code folder} without asking the solution again. */
    public static Verification verify(Path folder) {
        return verify(folder, null);
    }

    /** Verifies {@code folder}, and asks the solution every certifying question once more when {@code replay} is given. */
    public static Verification verify(Path folder, @Nullable Replay replay) {
        List<Check> checks = new ArrayList<>();
        Json.Obj certificate = certificate(folder.resolve(Certificate.FILE), checks);
        if (certificate == null) {
            return new Verification(checks);
        }
        try {
            checks.addAll(new ReleaseFiles(folder, certificate.object("files")).check());
            if (checks.stream().allMatch(Check::ok)) { // figures from changed files would only bury the cause
                checks.addAll(content(folder, certificate, replay));
            }
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException
                | ClassCastException e) {
            checks.add(new Check(Certificate.FILE, false, "does not say what a certificate says: " + e.getMessage()));
        }
        return new Verification(checks);
    }

    private static Json.@Nullable Obj certificate(Path file, List<Check> checks) {
        if (!Files.isRegularFile(file)) {
            checks.add(new Check(Certificate.FILE, false, "is missing"));
            return null;
        }
        String fault;
        try {
            String text = new String(ReleaseFiles.bytes(file), StandardCharsets.UTF_8);
            Json json = JsonText.parse(text, Certificate.FILE);
            if (json instanceof Json.Obj certificate && certificate.get("sha256") instanceof Json.Str(String said)) {
                Sha256 found = Sha256.of(certificate.without("sha256").canonical());
                if (found.hex().equals(said) && certificate.canonical().equals(text)) {
                    checks.add(new Check(Certificate.FILE, true, "SHA-256 " + found.brief()));
                    return certificate;
                }
                fault = found.hex().equals(said)
                        ? "has changed: it is not in canonical form"
                        : "has changed: SHA-256 is " + found.brief() + ", it says " + said;
            } else {
                fault = "has changed: it does not state its SHA-256";
            }
        } catch (RungException e) {
            fault = "has changed: " + e.getMessage();
        }
        checks.add(new Check(Certificate.FILE, false, fault));
        return null;
    }

    private static List<Check> content(Path folder, Json.Obj certificate, @Nullable Replay replay) {
        List<Check> checks = new ArrayList<>();
        if (certificate.number("format").intValueExact() != Certificate.FORMAT) {
            checks.add(new Check(
                    "format",
                    false,
                    "is " + certificate.number("format") + "; this version reads " + Certificate.FORMAT));
            return checks;
        }
        Json.Obj task = certificate.object("task");
        Bar bar = TaskJson.bar(task.object("bar"));
        OutputContract contract = TaskJson.contract(task.object("output"));
        List<SavedTrial> trials = new ArrayList<>();
        for (Json json : certificate.array("trials")) {
            SavedTrial trial = trial(folder, (Json.Obj) json);
            trials.add(trial);
            checks.addAll(new TrialCheck(bar, contract, trial).check());
        }
        checks.addAll(new KeptCheck(folder, certificate, trials, bar, contract).check());
        checks.addAll(new ClimbCheck(certificate, trials).check());
        checks.addAll(ContaminationCheck.of(certificate));
        checks.addAll(new JudgeCheck(certificate, bar).check());
        if (!(certificate.require("winner") instanceof Json.Nil)) {
            checks.add(artifacts(folder, certificate.object("files")));
            Promise abstain = TaskJson.abstain(task);
            checks.addAll(
                    new PromiseCheck(contract, TaskJson.cascade(task, bar, contract), abstain, trials).check(folder));
            checks.addAll(new AbstentionCheck(certificate, contract, trials).check(folder, abstain));
        }
        if (replay != null) {
            checks.add(replay(trials, replay));
        }
        return checks;
    }

    private static SavedTrial trial(Path folder, Json.Obj json) {
        Path file = folder.resolve(json.string("outcomes"));
        List<Outcome> outcomes = Files.isRegularFile(file)
                ? OutcomeFile.read(ReleaseFiles.bytes(file)).outcomes()
                : List.of();
        return SavedTrial.read(json, outcomes);
    }

    /** The files must be those, and only those, that the solution names as its artifacts. */
    private static Check artifacts(Path folder, Json.Obj files) {
        String name = "artifacts";
        try {
            Solution solution = Solution.fromJson((Json.Obj) JsonText.read(folder.resolve(Certificate.SOLUTION)));
            for (String path : files.members().keySet()) {
                if (path.startsWith(Certificate.ARTIFACTS)) {
                    Sha256 wanted = solution.artifacts().get(path.substring(Certificate.ARTIFACTS.length()));
                    if (wanted == null || !wanted.hex().equals(files.string(path))) {
                        return new Check(name, false, path + " is not the solution's");
                    }
                }
            }
            for (String artifact : solution.artifacts().keySet()) {
                if (files.get(Certificate.ARTIFACTS + artifact) == null) {
                    return new Check(name, false, artifact + " is not under the seal");
                }
            }
            return new Check(name, true, solution.artifacts().size() + " files");
        } catch (RungException e) {
            return new Check(name, false, "cannot be told from " + Certificate.SOLUTION + ": " + e.getMessage());
        }
    }

    private static Check replay(List<SavedTrial> trials, Replay replay) {
        int asked = 0;
        List<String> different = new ArrayList<>();
        for (SavedTrial trial : trials) {
            if (!trial.sealed() || !trial.passed()) {
                continue;
            }
            for (Outcome outcome : trial.outcomes()) {
                Answer answer = replay.answer(outcome.example());
                asked++;
                if (!answer.output().equals(outcome.output())) {
                    different.add(
                            outcome.example() + " gives " + answer.output().text() + ", certified "
                                    + outcome.output().text());
                }
            }
        }
        String examples = String.join("; ", different.subList(0, Math.min(5, different.size())));
        return new Check(
                "replay",
                different.isEmpty(),
                different.isEmpty()
                        ? asked + " answers are the same"
                        : different.size() + " of " + asked + " answers differ: " + examples);
    }
}
