package dev.rung.intake.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rung.core.RungException;
import dev.rung.core.data.Example;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.intake.taskfile.TaskFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLoaderTest {
    private static final String TASK =
            "task: demo\ngoal: g\noutput: { labels: [a, b] }\nexamples: m.csv\nbar: { accuracy: 0.9 }\n";

    @TempDir
    Path folder;

    @Test
    void an_example_and_its_cluster_are_in_exactly_one_split_and_the_shares_are_met() throws IOException {
        Files.writeString(folder.resolve("m.csv"), csv(4_000, 1));
        SplitData loaded = load(TASK);
        TaskData data = loaded.data();
        Map<String, Split> splitOfCluster = new HashMap<>();
        Set<Object> ids = new HashSet<>();
        bySplit(data)
                .forEach((split, examples) -> examples.forEach(example -> {
                    assertThat(ids.add(example.id())).isTrue();
                    assertThat(splitOfCluster.putIfAbsent(example.cluster(), split))
                            .isIn(null, split);
                }));
        assertThat(ids).hasSize(4_000);
        assertThat(data.train().size() / 4_000.0).isBetween(0.45, 0.55);
        assertThat(data.tune().size() / 4_000.0).isBetween(0.08, 0.12);
        assertThat(data.calibrate().size() / 4_000.0).isBetween(0.12, 0.18);
        assertThat(data.sealed().size() / 4_000.0).isBetween(0.21, 0.29);
    }

    @Test
    void appended_rows_move_no_old_row_and_another_salt_moves_many() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            String all = csv(1_500, seed);
            Files.writeString(folder.resolve("m.csv"), all.substring(0, all.indexOf('\n', all.length() / 2) + 1));
            Map<Object, Split> before = splits(load(TASK).data());
            Files.writeString(folder.resolve("m.csv"), all);
            assertThat(splits(load(TASK).data())).containsAllEntriesOf(before);
            Map<Object, Split> other =
                    splits(load(TASK + "splits: { salt: other }\n").data());
            assertThat(before.entrySet().stream()
                            .filter(entry -> other.get(entry.getKey()) != entry.getValue())
                            .count())
                    .isGreaterThan(before.size() / 3);
        }
    }

    @Test
    void sealed_rows_come_in_an_order_that_does_not_depend_on_the_files() throws IOException {
        List<String> lines = csv(600, 3).lines().toList();
        Files.writeString(
                folder.resolve("m.csv"),
                "text,label\nx one,a\nx two,b\nother three,a\nyet four,b\nfive,a\nsix,b\n"
                        + String.join("\n", lines.subList(1, 300)) + "\n");
        List<String> sealed = new ArrayList<>(lines.subList(300, lines.size()));
        sealed.addFirst(lines.getFirst());
        Files.writeString(folder.resolve("s.csv"), String.join("\n", sealed));
        List<String> forward = sealed(
                load(TASK.replace("m.csv", "{ train: m.csv, sealed: s.csv }")).data());
        List<String> reversed = new ArrayList<>(lines.subList(300, lines.size()).reversed());
        reversed.addFirst(lines.getFirst());
        Files.writeString(folder.resolve("s.csv"), String.join("\n", reversed));
        assertThat(sealed(load(TASK.replace("m.csv", "{ train: m.csv, sealed: s.csv }"))
                        .data()))
                .isEqualTo(forward);
    }

    @Test
    void named_splits_stay_as_they_are_missing_ones_are_carved_and_leaks_are_reported() throws IOException {
        Files.writeString(folder.resolve("m.csv"), csv(800, 4) + "where is the parcel with my boots,a\n");
        Files.writeString(
                folder.resolve("s.csv"),
                "text,label\nWhere is the parcel with my boots?,a\nquite another thing,b\n" + fresh(10));
        SplitData loaded = load(TASK.replace("m.csv", "{ train: m.csv, sealed: s.csv }"));
        assertThat(loaded.data().sealed().size()).isEqualTo(11);
        assertThat(loaded.data().train().size()).isBetween(480, 590);
        assertThat(loaded.leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.row()).hasToString("s.csv:2");
            assertThat(leak.split()).isEqualTo(Split.SEALED);
            assertThat(leak.other()).hasToString("m.csv:802");
        });
    }

    @Test
    void unlabelled_rows_that_repeat_rows_held_back_are_left_out() throws IOException {
        Files.writeString(folder.resolve("m.csv"), csv(800, 4) + "no label here,\n");
        Files.writeString(folder.resolve("s.csv"), "text,label\nwhere is my parcel with the boots,a\n");
        Files.writeString(
                folder.resolve("u.txt"), "Where is my parcel with the boots!\nsomething nobody has seen before\n");
        SplitData loaded = load(TASK.replace("m.csv", "{ train: m.csv, sealed: s.csv, unlabelled: u.txt }"));
        assertThat(loaded.data().unlabelled())
                .extracting(Example::input)
                .containsExactlyInAnyOrder("no label here", "something nobody has seen before");
        assertThat(loaded.notices())
                .anyMatch(notice -> notice.startsWith("1 unlabelled rows are left out"))
                .anyMatch(notice -> notice.contains("m.csv: 1 rows have no expected output"));
    }

    @Test
    void an_unknown_label_is_named_once_with_the_nearest_and_its_number_of_rows() throws IOException {
        Files.writeString(
                folder.resolve("m.csv"), "text,label\none,billing\ntwo,biling\nthree,biling\n,billing\nfour,zzz\n");
        assertThatThrownBy(() -> load(TASK.replace("[a, b]", "[billing, delivery]")))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessage("""
                        m.csv:3: found the label "biling", expected one of the task's 2 labels. Did you mean "billing"? (2 rows)
                        m.csv:5: found an empty input, expected a text
                        m.csv:6: found the label "zzz", expected one of the task's 2 labels. Add it to output.labels or correct the rows
                        `rung check` lists every row that cannot be used, in a file to mend them by""");
    }

    @Test
    void a_change_anywhere_changes_the_data_hash() throws IOException {
        String csv = csv(300, 5);
        Files.writeString(folder.resolve("m.csv"), csv);
        SplitData first = load(TASK);
        assertThat(load(TASK).data().hash()).isEqualTo(first.data().hash());
        Files.writeString(
                folder.resolve("m.csv"), csv.substring(0, csv.length() - 2) + (csv.endsWith("a\n") ? "b\n" : "a\n"));
        assertThat(load(TASK).data().hash()).isNotEqualTo(first.data().hash());
    }

    @Test
    void sealed_rows_are_handed_over_only_after_the_log_knows() throws IOException {
        Files.writeString(folder.resolve("m.csv"), csv(300, 6));
        Files.writeString(folder.resolve("task.yaml"), TASK);
        List<String> log = new ArrayList<>();
        TaskData data = DataLoader.load(
                        TaskFolder.read(folder), (purpose, index, example) -> log.add(purpose + " " + index))
                .data();
        assertThat(log).isEmpty();
        data.sealed().open(0, "certify");
        assertThat(log).containsExactly("certify 0");
    }

    @Test
    void banking77_loads_and_clusters_within_two_seconds() {
        Path task = Path.of("../examples/banking77");
        assumeTrue(System.getenv("RUNG_DATA") != null && Files.exists(task), "needs RUNG_DATA");
        long start = System.nanoTime();
        SplitData loaded = DataLoader.load(TaskFolder.read(task), (purpose, index, example) -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "banking77: %d leaks across splits; read, clustered and split in %.2f s%n",
                loaded.leaks().size(), seconds);
        Contamination contamination = loaded.contamination();
        System.out.println(contamination.sentence());
        assertThat(loaded.data().sealed().size() + contamination.matches().size())
                .isEqualTo(3_080);
        assertThat(contamination.blocks()).isFalse();
        assertThat(seconds).isLessThan(4); // twice the aim: the machine may be shared
    }

    private static String fresh(int rows) {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            csv.append("fresh row number ")
                    .append(Integer.toString(1_000_003 * (i + 1), 36))
                    .append(",a\n");
        }
        return csv.toString();
    }

    private SplitData load(String task) throws IOException {
        Files.writeString(folder.resolve("task.yaml"), task);
        return DataLoader.load(TaskFolder.read(folder), (purpose, index, example) -> {});
    }

    private static Map<Split, List<Example>> bySplit(TaskData data) {
        List<Example> sealed = new ArrayList<>();
        for (int i = 0; i < data.sealed().size(); i++) {
            sealed.add(data.sealed().open(i, "test"));
        }
        return Map.of(
                Split.TRAIN,
                data.train(),
                Split.TUNE,
                data.tune(),
                Split.CALIBRATE,
                data.calibrate(),
                Split.SEALED,
                sealed);
    }

    private static Map<Object, Split> splits(TaskData data) {
        Map<Object, Split> splits = new HashMap<>();
        bySplit(data).forEach((split, examples) -> examples.forEach(example -> splits.put(example.id(), split)));
        return splits;
    }

    private static List<String> sealed(TaskData data) {
        return bySplit(data).getOrDefault(Split.SEALED, List.of()).stream()
                .map(Example::input)
                .toList();
    }

    private static String csv(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("text,label\n");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            StringBuilder text = new StringBuilder();
            if (i > 0 && random.nextInt(8) == 0) {
                text.append(texts.get(random.nextInt(texts.size()))).append(random.nextBoolean() ? " now" : "!");
            } else {
                for (int word = 0; word < 6 + random.nextInt(8); word++) {
                    text.append(text.isEmpty() ? "" : " ").append(Integer.toString(random.nextInt(1 << 20), 36));
                }
            }
            texts.add(text.toString());
            csv.append(text).append(random.nextBoolean() ? ",a\n" : ",b\n");
        }
        return csv.toString();
    }
}
