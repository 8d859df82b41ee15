package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.intake.split.Contamination;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which data a climb rested on.
 *
 * @param hash of every example's place, cluster, split, input and expected output
 * @param salt of the hash that assigned the splits
 * @param splits by split, how many rows it has and the hash of them in order
 * @param contamination how many sealed rows said what other rows say, how many of them were set aside, and the waiver of those that were not
 * @param mended how many sealed rows are set aside because they stand in a regression set
 */
public record DataStamp(Sha256 hash, String salt, Map<Split, Rows> splits, Json.Obj contamination, int mended) {
    public DataStamp {
        EnumMap<Split, Rows> copy = new EnumMap<>(Split.class);
        copy.putAll(splits);
        splits = Collections.unmodifiableMap(copy);
    }

    /** How many rows, and the hash of them. */
    public record Rows(int count, Sha256 hash) {}

    /** Returns the stamp of {@code data}; no sealed row is opened for it. */
    public static DataStamp of(TaskData data, Contamination contamination, int mended) {
        return new DataStamp(
                data.hash(),
                data.salt(),
                Map.of(
                        Split.TRAIN, rows(data.train()),
                        Split.TUNE, rows(data.tune()),
                        Split.CALIBRATE, rows(data.calibrate()),
                        Split.SEALED,
                                new Rows(data.sealed().size(), data.sealed().hash())),
                contamination.toJson(),
                mended);
    }

    private static Rows rows(List<Example> examples) {
        MessageDigest digest = Sha256.newDigest();
        for (Example example : examples) {
            Output expected = example.expected();
            Json.Obj row = Json.object(
                            "source", Json.of(example.id().source()),
                            "line", Json.of(example.id().line()),
                            "cluster", Json.of(example.cluster()),
                            "input", Json.of(example.input()))
                    .with("expected", expected == null ? Json.Nil.NULL : expected.toJson());
            digest.update((row.canonical() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new Rows(examples.size(), Sha256.of(digest));
    }

    Json.Obj toJson() {
        Json.Obj rows = Json.object();
        for (Map.Entry<Split, Rows> split : splits.entrySet()) {
            rows = rows.with(
                    split.getKey().key(),
                    Json.object(
                            "rows", Json.of(split.getValue().count()),
                            "sha256", Json.of(split.getValue().hash().hex())));
        }
        return Json.object("sha256", Json.of(hash.hex()), "salt", Json.of(salt), "splits", rows)
                .with("contamination", contamination)
                .with("in_regression_sets", Json.of(mended));
    }
}
