package dev.rung.intake.split;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.json.Json;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.taskfile.TaskFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        List<LoadedRow> rows = LoadedRow.readAll(folder, notes);
        notes.refuseBadRows();
        NearDuplicates duplicates = new NearDuplicates();
        rows.forEach(row -> duplicates.add(row.input()));
        Clusters clusters = Clusters.of(
                duplicates, row -> rows.get(row).input(), row -> rows.get(row).group());
        Facets facets = Facets.of(rows);
        refuseUnknownFacets(folder, facets);
        SplitAssignment assignment = new SplitAssignment(folder.sources(), folder.splits());
        List<Split> splitOf = new ArrayList<>(rows.size());
        Map<Split, List<Example>> labelled = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labelled.put(split, new ArrayList<>());
        }
        List<Integer> unlabelled = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            LoadedRow loaded = rows.get(row);
            Split split = assignment.of(loaded.named(), clusters.name(row));
            splitOf.add(split);
            if (loaded.expected() == null) {
                unlabelled.add(row);
            } else {
                labelled.getOrDefault(split, List.of()).add(loaded.example(clusters.name(row), facets));
            }
        }
        refuseEmptySplits(folder, labelled);
        List<Example> free = freeOfHeldBack(unlabelled, rows, facets, clusters, splitOf, notes);
        List<Leak> leaks = leaks(rows, clusters, splitOf);
        return assemble(folder, labelled, free, leaks, notes, log);
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
    private static List<Example> freeOfHeldBack(
            List<Integer> unlabelled,
            List<LoadedRow> rows,
            Facets facets,
            Clusters clusters,
            List<Split> splitOf,
            ReadingNotes notes) {
        boolean[] heldBack = new boolean[rows.size()]; // by the cluster's founder
        for (int row = 0; row < rows.size(); row++) {
            heldBack[clusters.founder(row)] |=
                    splitOf.get(row) != Split.TRAIN && rows.get(row).expected() != null;
        }
        boolean[] tied = new boolean[rows.size()];
        clusters.ties((row, earlier) -> {
            tied[row] |=
                    splitOf.get(earlier) != Split.TRAIN && rows.get(earlier).expected() != null;
            tied[earlier] |= splitOf.get(row) != Split.TRAIN && rows.get(row).expected() != null;
        });
        List<Example> free = new ArrayList<>();
        for (int row : unlabelled) {
            if (!heldBack[clusters.founder(row)] && !tied[row]) {
                free.add(rows.get(row).example(clusters.name(row), facets));
            }
        }
        if (free.size() < unlabelled.size()) {
            notes.notice((unlabelled.size() - free.size())
                    + " unlabelled rows are left out: they are duplicates of rows that are held back from learning");
        }
        return free;
    }

    private static List<Leak> leaks(List<LoadedRow> rows, Clusters clusters, List<Split> splitOf) {
        List<Leak> leaks = new ArrayList<>();
        clusters.ties((row, earlier) -> {
            boolean labelled =
                    rows.get(row).expected() != null && rows.get(earlier).expected() != null;
            if (labelled && splitOf.get(row) != splitOf.get(earlier)) {
                leaks.add(new Leak(
                        rows.get(row).id(), splitOf.get(row), rows.get(earlier).id(), splitOf.get(earlier)));
            }
        });
        return leaks.stream().distinct().toList();
    }

    private static SplitData assemble(
            TaskFolder folder,
            Map<Split, List<Example>> splits,
            List<Example> unlabelled,
            List<Leak> leaks,
            ReadingNotes notes,
            SealedExamples.AccessLog log) {
        String salt = folder.splits().salt();
        List<Example> sealed = inSealedOrder(splits.getOrDefault(Split.SEALED, List.of()), salt);
        splits.put(Split.SEALED, sealed);
        Map<Split, Sha256> hashes = new EnumMap<>(Split.class);
        MessageDigest all = Sha256.newDigest();
        splits.forEach((split, examples) -> {
            Sha256 hash = hash(examples);
            hashes.put(split, hash);
            feed(all, split.key() + " " + hash);
        });
        feed(all, "unlabelled " + hash(unlabelled));
        if (!leaks.isEmpty()) {
            notes.notice(leaks.size() + " pairs of duplicates are in two splits; `rung check` lists them");
        }
        TaskData data = new TaskData(
                splits.getOrDefault(Split.TRAIN, List.of()),
                splits.getOrDefault(Split.TUNE, List.of()),
                splits.getOrDefault(Split.CALIBRATE, List.of()),
                new SealedExamples(sealed, hash(sealed), log),
                unlabelled,
                Sha256.of(all),
                salt);
        return new SplitData(data, hashes, leaks, List.copyOf(notes.notices()));
    }

    /** Returns the rows by a salted hash of what they say, so that the order depends neither on the file's order nor on anything that a candidate can see. */
    private static List<Example> inSealedOrder(List<Example> examples, String salt) {
        record Keyed(String key, Example example) {}
        return examples.stream()
                .map(example -> new Keyed(
                        Sha256.of(salt + "\nsealed\n" + example.input() + "\u0000" + canonical(example))
                                .hex(),
                        example))
                .sorted(Comparator.comparing(Keyed::key)
                        .thenComparing(keyed -> keyed.example.id().source())
                        .thenComparingLong(keyed -> keyed.example.id().line()))
                .map(Keyed::example)
                .toList();
    }

    private static Sha256 hash(List<Example> examples) {
        MessageDigest digest = Sha256.newDigest();
        for (Example example : examples) {
            Json.Obj columns = Json.object();
            for (Map.Entry<String, String> column : new TreeMap<>(example.columns()).entrySet()) {
                columns = columns.with(column.getKey(), Json.of(column.getValue()));
            }
            feed(
                    digest,
                    Json.strings(List.of(
                                            example.id().toString(),
                                            example.cluster(),
                                            example.input(),
                                            canonical(example)))
                                    .canonical()
                            + columns.canonical());
        }
        return Sha256.of(digest);
    }

    private static String canonical(Example example) {
        return example.expected() == null ? "" : example.expected().text();
    }

    private static void feed(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
