package dev.rung.app.wiring;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.evidence.ErrorBudget;
import dev.rung.core.model.ModelCard;
import dev.rung.core.task.Task;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.certificate.AccessStamp;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.certificate.CertifiedClimb;
import dev.rung.ladder.certificate.Trial;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Decision;
import dev.rung.models.TaskModels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What certifies a climb: everything that its verdicts rest on, gathered from the record, the rows and the ledger. */
final class ClimbCertificate {
    private ClimbCertificate() {}

    static Certificate of(Wiring wiring, TaskFolder folder, ClimbData data, TaskModels models, ClimbRecord record) {
        Task task = folder.task();
        List<Trial> trials = new ArrayList<>();
        for (Candidate candidate : record.candidates()) {
            if (candidate instanceof Candidate.Tried tried) {
                Sha256 solution = tried.solution().hash();
                trials.add(new Trial(tried.rung(), tried.name(), solution, Split.TUNE, tried.tune(), null));
                if (tried.sealed() != null) {
                    trials.add(Trial.certifying(tried, tried.sealed()));
                }
            }
        }
        List<ModelCard> cards = new ArrayList<>();
        models.models().forEach(model -> cards.add(model.card()));
        var encoder = wiring.encoderIfAny();
        if (encoder != null) {
            cards.add(encoder.card());
        }
        Candidate.Tried winner = record.decision() instanceof Decision.Met(Candidate.Tried tried) ? tried : null;
        return Certificate.of(new CertifiedClimb(
                task,
                folder.spec(),
                data.stamp(),
                accesses(wiring, task, data.rows()),
                trials,
                new ErrorBudget(1 - task.bar().confidence(), record.draws()),
                cards,
                record.seed(),
                versions(),
                wiring.clock().instant(),
                winner == null ? List.of() : winner.kept().regressions(),
                winner == null ? null : winner.solution()));
    }

    private static AccessStamp accesses(Wiring wiring, Task task, TaskData data) {
        var log =
                wiring.ledger().sealedAccesses().list(task.name(), data.sealed().hash());
        StringBuilder lines = new StringBuilder();
        log.forEach(access -> lines.append(access.purpose())
                .append(' ')
                .append(access.index())
                .append(' ')
                .append(access.example())
                .append('\n'));
        return new AccessStamp(log.size(), Sha256.of(lines.toString()));
    }

    private static SequencedMap<String, String> versions() {
        SequencedMap<String, String> versions = new LinkedHashMap<>();
        String rung = ClimbCertificate.class.getPackage().getImplementationVersion();
        versions.put("rung", rung == null ? "not from a jar" : rung);
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }
}
