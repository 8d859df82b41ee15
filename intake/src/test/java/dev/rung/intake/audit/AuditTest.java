package dev.rung.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.intake.text.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The audit on the shipped example with faults planted into it. */
class AuditTest {
    private static final int THREADS = 2;
    private static final long SEED = 3;

    private final TaskFolder folder = TaskFolder.read(Path.of("../examples/support"));
    private final TaskData data =
            DataLoader.load(folder, (purpose, index, row) -> {}).data();
    private final List<String> labels = data.train().stream()
            .map(row -> row.label().text())
            .distinct()
            .sorted()
            .toList();

    @Test
    void the_shipped_example_has_no_fault_that_spoils_a_proof() {
        AuditReport report = audit(rows(), List.of());
        assertThat(report.worst()).isNotEqualTo(Severity.PROBLEM);
        assertThat(report.findings())
                .extracting(Finding::kind)
                .doesNotContain("conflicting-labels", "leakage", "class-shortage", "empty");
        assertThat(report.total()).isEqualTo(rows().size());
    }

    @Test
    void of_labels_that_were_flipped_most_are_found_and_most_that_are_found_first_were_flipped() {
        Random random = new Random(SEED);
        List<Row> rows = new ArrayList<>(rows());
        Set<ExampleId> flipped = new HashSet<>();
        while (flipped.size() < rows.size() * 3 / 100) {
            int at = random.nextInt(rows.size());
            Row row = rows.get(at);
            if (flipped.add(row.id())) {
                String other = labels.get(
                        (labels.indexOf(row.label()) + 1 + random.nextInt(labels.size() - 1)) % labels.size());
                rows.set(at, new Row(row.split(), row.id(), row.text(), other, row.cluster()));
            }
        }
        List<Finding.Flag> suspects =
                finding(audit(rows, List.of()), "label-errors").rows();
        long found =
                suspects.stream().filter(flag -> flipped.contains(flag.id())).count();
        long first = suspects.stream()
                .limit(flipped.size())
                .filter(flag -> flipped.contains(flag.id()))
                .count();
        System.out.printf(
                "planted %d wrong labels: %d suspects hold %d of them (recall %.2f, precision %.2f); of the first %d suspects %d%n",
                flipped.size(),
                suspects.size(),
                found,
                found / (double) flipped.size(),
                found / (double) suspects.size(),
                flipped.size(),
                first);
        assertThat(found).isGreaterThan(flipped.size() * 7 / 10);
        assertThat(first).isGreaterThan(flipped.size() * 4 / 10);
    }

    @Test
    void a_text_in_two_splits_with_two_labels_is_leakage_and_a_conflict_at_the_very_rows() {
        Example row = data.train().getFirst();
        String other = labels.stream()
                .filter(label -> !label.equals(row.label().text()))
                .findFirst()
                .orElseThrow();
        ExampleId again = new ExampleId("messages.csv", 9_001);
        AuditReport report = audit(
                rows(),
                List.of(new Row(
                        Split.SEALED, again, row.input().toUpperCase(java.util.Locale.ROOT), other, row.cluster())));

        assertThat(report.worst()).isEqualTo(Severity.PROBLEM);
        assertThat(finding(report, "leakage").rows())
                .extracting(Finding.Flag::id)
                .containsExactly(again);
        assertThat(finding(report, "conflicting-labels").rows())
                .extracting(Finding.Flag::id)
                .containsExactlyInAnyOrder(row.id(), again);
    }

    @Test
    void a_label_with_two_rows_is_a_shortage_that_is_named() {
        String rare = labels.getFirst();
        List<Row> rows = new ArrayList<>();
        int kept = 0;
        for (Row row : rows()) {
            if (!row.label().equals(rare) || (row.split() == Split.TRAIN && kept++ < 2)) {
                rows.add(row);
            }
        }
        assertThat(finding(audit(rows, List.of()), "class-shortage").sentence()).contains(rare + " (2)");
    }

    @Test
    void personal_data_is_told_from_numbers_that_only_look_like_it() {
        assertThat(PersonalData.in("write to jo.doe@example.com")).containsExactly(PersonalData.Kind.EMAIL);
        assertThat(PersonalData.in("call 555-0134 99")).containsExactly(PersonalData.Kind.PHONE);
        // The test numbers of ISO/IEC 7812 and ISO 13616 that everybody prints.
        assertThat(PersonalData.in("card 4111 1111 1111 1111")).contains(PersonalData.Kind.CARD);
        assertThat(PersonalData.in("card 4111 1111 1111 1112")).doesNotContain(PersonalData.Kind.CARD);
        assertThat(PersonalData.in("GB82 WEST 1234 5698 7654 32")).contains(PersonalData.Kind.IBAN);
        assertThat(PersonalData.in("GB82 WEST 1234 5698 7654 33")).doesNotContain(PersonalData.Kind.IBAN);
        assertThat(PersonalData.in("order A-20391 of 2026-11-03 for 23.10")).isEmpty();
    }

    @Test
    void languages_are_told_by_script_and_small_words() {
        assertThat(Language.of("where is my parcel and what do you want")).isEqualTo("en");
        assertThat(Language.of("wo ist mein Paket und wann kommt das")).isEqualTo("de");
        assertThat(Language.of("где моя посылка")).isEqualTo("cyrillic");
        assertThat(Language.of("A-20391")).isEqualTo(Language.UNDETERMINED);
    }

    private record Row(Split split, ExampleId id, String text, String label, String cluster) {}

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        add(rows, Split.TRAIN, data.train());
        add(rows, Split.TUNE, data.tune());
        add(rows, Split.CALIBRATE, data.calibrate());
        for (int index = 0; index < data.sealed().size(); index++) {
            add(rows, Split.SEALED, List.of(data.sealed().open(index, "test")));
        }
        return rows;
    }

    private static void add(List<Row> to, Split split, List<Example> examples) {
        for (Example example : examples) {
            to.add(new Row(split, example.id(), example.input(), example.label().text(), example.cluster()));
        }
    }

    private AuditReport audit(List<Row> rows, List<Row> planted) {
        Audit audit = new Audit(folder.task());
        for (List<Row> part : List.of(rows, planted)) {
            for (Row row : part) {
                audit.add(row.split(), row.id(), row.text(), row.label(), row.cluster());
            }
        }
        return audit.report(THREADS, SEED, List.of());
    }

    private static Finding finding(AuditReport report, String kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + kind + " in " + report.findings()));
    }
}
