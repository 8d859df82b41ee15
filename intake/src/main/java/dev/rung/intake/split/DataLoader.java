package dev.rung.intake.split;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.taskfile.TaskFolder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a task's examples, splits them by duplicate cluster and seals what certifies. Stateless. */
public final class DataLoader {
    private DataLoader() {}

    /**
     * Returns the data of {@code folder}, all in memory.
     *
     * @param log told of each access to a sealed row; splitting is none, since nothing but the split comes of it
     * @throws RungException.WrongInput if a row cannot be used, or a split would be empty
     */
    public static SplitData load(TaskFolder folder, SealedExamples.AccessLog log) {
        ReadingNotes notes = new ReadingNotes();
        try (SplitRows rows = SplitRows.read(folder, notes, count -> {})) {
            notes.refuseBadRows();
            return load(folder, rows, Contamination.of(rows, folder.waivers().contamination()), notes, log);
        }
    }

    /**
     * Returns the data in {@code rows}, all in memory.
     *
     * @param contamination of the rows; those that are set aside are left out
     * @param notes of the reading; what splitting brings up is added
     * @param log told of each access to a sealed row
     * @throws RungException.WrongInput if a split would be empty, or the sealed rows are contaminated beyond use
     */
    public static SplitData load(
            TaskFolder folder,
            SplitRows rows,
            Contamination contamination,
            ReadingNotes notes,
            SealedExamples.AccessLog log) {
        refuseUnknownFacets(folder, rows.facets());
        refuseContaminated(folder, contamination);
        Map<Split, List<Example>> labelled = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labelled.put(split, new ArrayList<>());
        }
        for (int row = 0; row < rows.size(); row++) {
            if (rows.labelled(row) && rows.split(row) != Split.SEALED) {
                labelled.getOrDefault(rows.split(row), List.of()).add(rows.example(row));
            }
        }
        SealedOrder sealed = SealedOrder.of(rows, folder.splits().salt(), contamination.setAside());
        labelled.put(Split.SEALED, sealed.examples(rows));
        refuseEmptySplits(folder, labelled);
        if (!contamination.matches().isEmpty()) {
            notes.notice(contamination.sentence());
        }
        List<Leak> leaks = leaks(rows);
        TaskData data = assemble(folder, labelled, freeOfHeldBack(rows, notes), sealed.hash(), log);
        if (!leaks.isEmpty()) {
            notes.notice(leaks.size() + " pairs of duplicates are in two splits; `rung check` lists them");
        }
        return new SplitData(data, hashes(labelled, sealed.hash()), leaks, contamination, List.copyOf(notes.notices()));
    }

    private static void refuseContaminated(TaskFolder folder, Contamination contamination) {
        if (contamination.blocks()) {
            throw new RungException.WrongInput(
                    folder.file() + ": found that " + contamination.sentence()
                            + ", expected sealed rows that nobody has learned from. Take them out of one of the files (`rung check` lists them in contamination.csv), or say in the task file why it does not matter: waivers: { contamination: \"…\" }");
        }
    }

    private static void refuseEmptySplits(TaskFolder folder, Map<Split, List<Example>> splits) {
        splits.forEach((split, examples) -> {
            if (examples.isEmpty()
                    && (folder.splits().share(split) > 0
                            || folder.sources().files().containsKey(split))) {
                throw new RungException.WrongInput(
                        folder.file() + ": found no labelled example for the split " + split.key()
                                + ", expected some in each of train, tune, calibrate and sealed. Add examples, or give the split a larger share under splits:");
            }
        });
    }

    private static void refuseUnknownFacets(TaskFolder folder, Facets facets) {
        for (Requirement requirement : folder.task().bar().requirements()) {
            if (requirement instanceof Requirement.OnSlice(Slice slice, Requirement.Mean mean)
                    && !slice.facet().equals(Slice.LABEL)
                    && !facets.names().contains(slice.facet())) {
                throw new RungException.WrongInput(folder.file() + ": bar.slices: found the facet \"" + slice.facet()
                        + "\", expected label or one of "
                        + String.join(", ", new TreeSet<>(facets.names()))
                        + ": a column is a facet when it has at most 20 different, short values");
            }
        }
    }

    // An unlabelled row that nearly equals a row held back would be learned from, once a model has labelled it.
    private static List<Example> freeOfHeldBack(SplitRows rows, ReadingNotes notes) {
        BitSet heldBack = new BitSet(); // by the cluster's founder
        for (int row = 0; row < rows.size(); row++) {
            if (isHeldBack(rows, row)) {
                heldBack.set(rows.founder(row));
            }
        }
        BitSet tied = new BitSet();
        rows.clusters().ties((row, earlier) -> {
            if (isHeldBack(rows, earlier)) {
                tied.set(row);
            }
            if (isHeldBack(rows, row)) {
                tied.set(earlier);
            }
        });
        List<Example> free = new ArrayList<>();
        int left = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.labelled(row)) {
                continue;
            }
            if (heldBack.get(rows.founder(row)) || tied.get(row)) {
                left++;
            } else {
                free.add(rows.example(row));
            }
        }
        if (left > 0) {
            notes.notice(left
                    + " unlabelled rows are left out: they are duplicates of rows that are held back from learning");
        }
        return free;
    }

    private static boolean isHeldBack(SplitRows rows, int row) {
        return rows.labelled(row) && rows.split(row) != Split.TRAIN;
    }

    private static List<Leak> leaks(SplitRows rows) {
        List<Leak> leaks = new ArrayList<>();
        rows.clusters().ties((row, earlier) -> {
            boolean labelled = rows.labelled(row) && rows.labelled(earlier);
            if (labelled && rows.split(row) != rows.split(earlier)) {
                leaks.add(new Leak(rows.id(row), rows.split(row), rows.id(earlier), rows.split(earlier)));
            }
        });
        return leaks.stream().distinct().toList();
    }

    private static TaskData assemble(
            TaskFolder folder,
            Map<Split, List<Example>> splits,
            List<Example> unlabelled,
            Sha256 sealedHash,
            SealedExamples.AccessLog log) {
        MessageDigest all = Sha256.newDigest();
        hashes(splits, sealedHash).forEach((split, hash) -> ExampleHash.feed(all, split.key() + " " + hash));
        ExampleHash.feed(all, "unlabelled " + ExampleHash.of(unlabelled));
        return new TaskData(
                splits.getOrDefault(Split.TRAIN, List.of()),
                splits.getOrDefault(Split.TUNE, List.of()),
                splits.getOrDefault(Split.CALIBRATE, List.of()),
                new SealedExamples(splits.getOrDefault(Split.SEALED, List.of()), sealedHash, log),
                unlabelled,
                Sha256.of(all),
                folder.splits().salt());
    }

    private static Map<Split, Sha256> hashes(Map<Split, List<Example>> splits, Sha256 sealedHash) {
        Map<Split, Sha256> hashes = new EnumMap<>(Split.class);
        splits.forEach(
                (split, examples) -> hashes.put(split, split == Split.SEALED ? sealedHash : ExampleHash.of(examples)));
        return hashes;
    }
}
