package dev.rung.ladder.certificate;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The outcomes of a release on the sealed rows that certify it, as they lie in its folder. */
public final class CertifiedOutcomes {
    private CertifiedOutcomes() {}

    /**
     * Reads the certifying outcomes of the release in {@code folder}, in the order in which they came about.
     *
     * @throws RungException.Corrupt when they are not those that were certified
     */
    public static List<Outcome> read(Path folder) {
        try {
            Json.Obj certificate = (Json.Obj) JsonText.read(folder.resolve(Certificate.FILE));
            String winner = certificate.string("winner");
            for (Json json : certificate.array("trials")) {
                Json.Obj trial = (Json.Obj) json;
                if (trial.string("solution").equals(winner)
                        && trial.require("draw") instanceof Json.Obj
                        && SavedTrial.read(trial, List.of()).passed()) {
                    return outcomes(folder, trial.string("outcomes"), certificate.object("files"));
                }
            }
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new RungException.Corrupt(
                    "the certificate in " + folder + " does not say what a certificate says: " + e.getMessage(), e);
        }
        throw new RungException.Corrupt("the certificate in " + folder + " names no trial that its winner passed");
    }

    private static List<Outcome> outcomes(Path folder, String file, Json.Obj hashes) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new RungException.Corrupt(path + " is missing");
        }
        byte[] content = ReleaseFiles.bytes(path);
        OutcomeFile.Content read = OutcomeFile.read(content);
        if (read.fault() != null || !Sha256.of(content).hex().equals(hashes.string(file))) {
            throw new RungException.Corrupt(
                    path + " has changed since it was certified; rung verify-certificate says where");
        }
        return read.outcomes();
    }
}
