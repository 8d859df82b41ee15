package dev.rung.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelCard;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.split.Contamination;
import dev.rung.intake.split.SplitRows;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.intake.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit on a copy of the shipped example with faults planted into it. */
class AuditTest {
    private static final int THREADS = 2;
    private static final long SEED = 3;
    private static final Path EXAMPLE = Path.of("../examples/support");

    @TempDir
    Path folder;

    private final List<Row> rows = new ArrayList<>();
    private List<String> labels = List.of();

    private record Row(String text, String label) {}

    /** Too few to learn from, so that what does not concern learning is audited in no time. */
    private List<Row> few() {
        return List.copyOf(rows.subList(0, 30));
    }

    @BeforeEach
    void read_the_example() throws IOException {
        Files.copy(EXAMPLE.resolve("task.yaml"), folder.resolve("task.yaml"));
        try (SplitRows read = SplitRows.read(TaskFolder.read(EXAMPLE), new ReadingNotes(), count -> {})) {
            for (int row = 0; row < read.size(); row++) {
                rows.add(new Row(read.input(row), read.answerText(row)));
            }
        }
        labels = rows.stream().map(Row::label).distinct().sorted().toList();
    }

    @Test
    void the_shipped_example_has_no_fault_that_spoils_a_proof() throws IOException {
        AuditReport report = audit(rows);
        assertThat(report.worst()).isNotEqualTo(Severity.PROBLEM);
        assertThat(report.findings())
                .extracting(Finding::kind)
                .doesNotContain("conflicting-labels", "leakage", "class-shortage", "unusable-rows");
        assertThat(report.total()).isEqualTo(rows.size());
        assertThat(report.outlook()).anyMatch(sentence -> sentence.contains("an n-gram student gets about"));
        assertThat(report.figures().object("learningCurve").array("forecasts")).hasSize(3);
    }

    @Test
    void of_labels_that_were_flipped_most_are_found_and_most_that_are_found_first_were_flipped() throws IOException {
        int planted = 0;
        long found = 0;
        long first = 0;
        int suspected = 0;
        List<Row> clean = List.copyOf(rows);
        for (int seed = 1; seed <= 2; seed++) {
            rows.clear();
            rows.addAll(clean);
            Set<Long> flipped = flip(0.03, seed);
            List<Finding.Flag> suspects = finding(audit(rows), "label-errors").rows();
            planted += flipped.size();
            suspected += suspects.size();
            found += suspects.stream()
                    .filter(flag -> flipped.contains(flag.id().line()))
                    .count();
            first += suspects.stream()
                    .limit(flipped.size())
                    .filter(flag -> flipped.contains(flag.id().line()))
                    .count();
        }
        System.out.printf(
                "planted %d wrong labels: %d suspects hold %d of them (recall %.2f, precision %.2f); of as many suspects as were planted, taken from the top, %d%n",
                planted, suspected, found, found / (double) planted, found / (double) suspected, first);
        assertThat(found).isGreaterThanOrEqualTo(planted * 7L / 10);
        assertThat(first).isGreaterThan(planted * 4 / 10);
    }

    @Test
    void the_ceiling_falls_with_the_labels_that_are_flipped_and_a_bar_above_it_is_said_to_be() throws IOException {
        Json.Obj before = ceiling(audit(rows));
        flip(0.25, SEED);
        AuditReport noisy = audit(rows);
        Json.Obj after = ceiling(noisy);
        double low = after.number("low").doubleValue();
        double high = after.number("high").doubleValue();
        System.out.printf(
                "a quarter of the labels flipped: ceiling from %s to %s [%.3f, %.3f]%n",
                before.number("estimate"), after.number("estimate"), low, high);
        double fell = before.number("estimate").doubleValue()
                - after.number("estimate").doubleValue();
        assertThat(fell).isEqualTo(0.25, within(0.06));
        assertThat(high - low).isBetween(0.02, 0.12);
        assertThat(noisy.outlook()).anyMatch(sentence -> sentence.contains("lies above that: mend labels"));
    }

    @Test
    void a_text_in_two_splits_with_two_labels_is_leakage_and_a_conflict_at_the_very_rows() throws IOException {
        Row row = rows.getFirst();
        String other = labels.stream()
                .filter(label -> !label.equals(row.label()))
                .findFirst()
                .orElseThrow();
        write(
                "sealed.csv",
                List.of(new Row(row.text().toUpperCase(Locale.ROOT), other), new Row("Something else", other)));
        task("examples: messages.csv", "examples: { train: messages.csv, sealed: sealed.csv }");
        AuditReport report = audit(few());

        ExampleId here = new ExampleId("messages.csv", 2);
        ExampleId there = new ExampleId("sealed.csv", 2);
        assertThat(report.worst()).isEqualTo(Severity.PROBLEM);
        assertThat(finding(report, "leakage").rows())
                .extracting(Finding.Flag::id)
                .containsExactly(there);
        assertThat(finding(report, "conflicting-labels").rows())
                .extracting(Finding.Flag::id)
                .containsExactlyInAnyOrder(here, there);
        assertThat(FindingFiles.write(report, folder.resolve("found")))
                .contains(folder.resolve("found").resolve("leakage.csv"));
    }

    @Test
    void without_sealed_rows_nothing_is_said_of_them() throws IOException {
        write("sealed.csv", List.of(rows.getFirst(), new Row("write to jo.doe@example.com", labels.getFirst())));
        task("examples: messages.csv", "examples: { train: messages.csv, sealed: sealed.csv }");
        write("messages.csv", few());
        try (SplitRows read = SplitRows.read(TaskFolder.read(folder), new ReadingNotes(), count -> {})) {
            AuditReport report = new Audit(TaskFolder.read(folder).task(), THREADS, SEED, null, now -> {})
                    .withoutSealed(read, new ReadingNotes());
            assertThat(report.rows()).doesNotContainKey(Split.SEALED);
            assertThat(report.findings())
                    .flatExtracting(Finding::rows)
                    .extracting(Finding.Flag::split)
                    .doesNotContain(Split.SEALED);
        }
    }

    @Test
    void sealed_rows_that_mean_what_others_mean_are_listed_and_certify_all_the_same() throws IOException {
        write("messages.csv", few());
        String label = labels.getFirst();
        Row paraphrase = new Row("quite other words, " + lastWord(few().get(3).text()), label);
        write("sealed.csv", List.of(paraphrase, new Row("nothing like any of them: xyzzy", label)));
        task("examples: messages.csv", "examples: { train: messages.csv, sealed: sealed.csv }");
        TaskFolder task = TaskFolder.read(folder);
        ReadingNotes notes = new ReadingNotes();
        try (SplitRows read = SplitRows.read(task, notes, count -> {})) {
            Contamination contamination = Contamination.of(read, null);
            AuditReport report = new Audit(task.task(), THREADS, SEED, new LastWordEncoder(), now -> {})
                    .ofAll(read, contamination, notes);
            Finding near = finding(report, "near-meaning");
            assertThat(near.severity()).isEqualTo(Severity.NOTE);
            assertThat(near.rows()).extracting(Finding.Flag::id).containsExactly(new ExampleId("sealed.csv", 2));
            assertThat(contamination.setAside().cardinality()).isZero();
        }
    }

    private static String lastWord(String text) {
        String[] words = text.split("\\W+");
        return words[words.length - 1];
    }

    /** Takes texts with the same last word to mean the same. */
    private static final class LastWordEncoder implements Encoder {
        private final List<String> words = new ArrayList<>();

        @Override
        public ModelCard card() {
            throw new UnsupportedOperationException("no audit asks for it");
        }

        @Override
        public int dimensions() {
            return 200;
        }

        @Override
        public int tokens(String text) {
            throw new UnsupportedOperationException("no audit asks for it");
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            List<float[]> vectors = new ArrayList<>();
            for (String text : texts) {
                String word = lastWord(text);
                if (!words.contains(word)) {
                    words.add(word);
                }
                float[] vector = new float[dimensions()];
                vector[words.indexOf(word)] = 1;
                vectors.add(vector);
            }
            return vectors;
        }

        @Override
        public void close() {
            words.clear();
        }
    }

    @Test
    void rows_that_cannot_be_used_are_listed_and_the_rest_is_audited() throws IOException {
        StringBuilder csv = new StringBuilder(csv(few()));
        int line = few().size() + 2;
        csv.append("where is my parcel,deliverry\n") // unknown label
                .append("no label at all,\n") // missing
                .append("one, two, three,delivery\n") // too many fields
                .append("\"quoted\" and more,delivery\n") // not CSV
                .append("fine again,delivery\n")
                .append(",billing\n") // empty input
                .append("\"never closed,billing\n");
        Files.writeString(folder.resolve("messages.csv"), csv);
        AuditReport report = auditFiles();
        Finding unusable = finding(report, "unusable-rows");
        assertThat(unusable.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(unusable.rows())
                .extracting(flag -> flag.id().line() - line)
                .containsExactlyInAnyOrder(0L, 2L, 3L, 5L, 6L);
        assertThat(unusable.rows()).anyMatch(flag -> flag.suggestion().contains("Did you mean \"delivery\"?"));
        assertThat(finding(report, "missing-labels").rows())
                .extracting(flag -> flag.id().line() - line)
                .containsExactly(1L);
        assertThat(report.total()).isEqualTo(few().size() + 1);
        assertThat(Files.readString(
                        FindingFiles.write(report, folder.resolve("found")).getFirst()))
                .contains("\"messages.csv\"," + line + ",,");
    }

    @Test
    void a_label_with_two_rows_is_a_shortage_that_is_named() throws IOException {
        String rare = labels.getFirst();
        List<Row> kept = new ArrayList<>(
                few().stream().filter(row -> !row.label().equals(rare)).toList());
        kept.addAll(
                rows.stream().filter(row -> row.label().equals(rare)).limit(2).toList());
        assertThat(finding(audit(kept), "class-shortage").sentence()).containsPattern(rare + " \\([0-2]\\)");
    }

    @Test
    void a_sample_is_drawn_uniformly_and_said_to_be_one() throws IOException {
        write("messages.csv", rows);
        try (SplitRows read = SplitRows.read(TaskFolder.read(folder), new ReadingNotes(), count -> {})) {
            Sample sample = Sample.of(new AuditedRows(read, true), 500, SEED);
            assertThat(sample.size()).isEqualTo(500);
            assertThat(sample.of()).isEqualTo(rows.size());
            assertThat(sample.rows()).isSorted().doesNotHaveDuplicates();
            double mean = java.util.Arrays.stream(sample.rows()).average().orElseThrow() / rows.size();
            assertThat(mean).isEqualTo(0.5, within(4 / Math.sqrt(12 * 500)));
            assertThat(Sample.of(new AuditedRows(read, true), 500, SEED).rows()).isEqualTo(sample.rows());
            assertThat(Sample.of(new AuditedRows(read, true), 500, SEED + 1).rows())
                    .isNotEqualTo(sample.rows());
        }
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

    private Set<Long> flip(double share, long seed) {
        Random random = new Random(seed);
        Set<Long> lines = new HashSet<>();
        while (lines.size() < (int) (rows.size() * share)) {
            int at = random.nextInt(rows.size());
            Row row = rows.get(at);
            if (lines.add(at + 2L)) {
                String other = labels.get(
                        (labels.indexOf(row.label()) + 1 + random.nextInt(labels.size() - 1)) % labels.size());
                rows.set(at, new Row(row.text(), other));
            }
        }
        return lines;
    }

    private void task(String written, String instead) throws IOException {
        Path file = folder.resolve("task.yaml");
        Files.writeString(file, Files.readString(file).replace(written, instead));
    }

    private void write(String file, List<Row> of) throws IOException {
        Files.writeString(folder.resolve(file), csv(of));
    }

    private static String csv(List<Row> of) {
        StringBuilder csv = new StringBuilder("text,label\n");
        for (Row row : of) {
            csv.append('"')
                    .append(row.text().replace("\"", "\"\"").replace("\n", " "))
                    .append("\",")
                    .append(row.label())
                    .append('\n');
        }
        return csv.toString();
    }

    private AuditReport audit(List<Row> of) throws IOException {
        write("messages.csv", of);
        return auditFiles();
    }

    private AuditReport auditFiles() {
        TaskFolder task = TaskFolder.read(folder);
        ReadingNotes notes = new ReadingNotes();
        try (SplitRows read = SplitRows.read(task, notes, count -> {})) {
            return new Audit(task.task(), THREADS, SEED, null, now -> {})
                    .ofAll(read, Contamination.of(read, task.waivers().contamination()), notes);
        }
    }

    private static Json.Obj ceiling(AuditReport report) {
        return report.figures().object("bestReachableAccuracy");
    }

    private static Finding finding(AuditReport report, String kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + kind + " in " + report.findings()));
    }
}
