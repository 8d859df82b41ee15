package dev.rung.intake.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.data.SealedExamples;
import dev.rung.intake.taskfile.TaskFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContaminationTest {
    private static final String TASK =
            "task: demo\ngoal: g\noutput: { labels: [a, b] }\nexamples: { train: t.csv, sealed: s.csv }\nbar: { accuracy: 0.9 }\n";
    private static final String LONG =
            "the parcel that i ordered for my sister last week has not arrived and nobody can tell me where it is";

    @TempDir
    Path folder;

    @Test
    void rows_that_say_the_same_nearly_or_mostly_are_set_aside_and_named() throws IOException {
        List<String> train = words(200, 1);
        train.add("Where is my Parcel?");
        train.add("can you please tell me the way to change the address of my order");
        train.add("hello there dear people of the shop, " + LONG);
        List<String> sealed = words(60, 2);
        sealed.add("where is my parcel");
        sealed.add("can you please tell me the way to change the adress of my order");
        sealed.add(LONG + " by now after such waiting");
        // Eight words in a row that another row has too are not most of this one.
        sealed.add("i ask because " + LONG.substring(0, 44)
                + " though my brother in the north says that all his presents came on the very first day");
        write(train, sealed);

        SplitData loaded = load(TASK);
        Contamination contamination = loaded.contamination();
        assertThat(contamination.counts())
                .containsEntry(Contamination.Kind.SAME_TEXT, 1)
                .containsEntry(Contamination.Kind.NEARLY_SAME_TEXT, 1)
                .containsEntry(Contamination.Kind.SHARED_WORDS, 1);
        assertThat(contamination.blocks()).isFalse();
        SealedExamples rest = loaded.data().sealed();
        assertThat(rest.size()).isEqualTo(61);
        for (int i = 0; i < rest.size(); i++) {
            assertThat(rest.open(i, "test").input()).isNotIn(sealed.subList(60, 63));
        }
        assertThat(loaded.notices()).anyMatch(notice -> notice.contains("3 of 64 sealed rows (4.7 %)"));
    }

    @Test
    void more_than_a_tenth_blocks_until_the_task_waives_it_in_writing() throws IOException {
        List<String> train = words(200, 1);
        List<String> sealed = words(40, 2);
        sealed.addAll(train.subList(0, 10));
        write(train, sealed);
        assertThatThrownBy(() -> load(TASK))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("10 of 50 sealed rows (20.0 %)")
                .hasMessageContaining("waivers: { contamination:");

        SplitData waived = load(TASK + "waivers: { contamination: \"greetings, which everybody writes\" }\n");
        assertThat(waived.data().sealed().size()).isEqualTo(50);
        assertThat(waived.contamination().toJson().string("waiver")).isEqualTo("greetings, which everybody writes");
        assertThat(waived.contamination().setAside().cardinality()).isZero();
        assertThatThrownBy(() -> load(TASK + "waivers: { contamination: ok }\n"))
                .hasMessageContaining("a reason that a reader of the certificate can judge");
        assertThatThrownBy(() -> load(TASK + "waivers: { contaminations: \"because it is so\" }\n"))
                .hasMessageContaining("Did you mean \"contamination\"?");
    }

    @Test
    void a_sealed_row_that_repeats_a_contaminated_one_is_contaminated_too() throws IOException {
        List<String> train = words(200, 1);
        train.add("can you please tell me the way to change the address of my order");
        List<String> sealed = words(60, 2);
        sealed.add("can you please tell me the way to change the adress of my order");
        sealed.add("Can you please tell me the way to change the adress of my order?");
        write(train, sealed);
        assertThat(load(TASK).contamination().matches()).hasSize(2);
    }

    private static List<String> words(int rows, int seed) {
        List<String> texts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rows; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 9; word++) {
                text.append(Integer.toString(random.nextInt(1 << 24), 36)).append(' ');
            }
            texts.add(text.toString().strip());
        }
        return texts;
    }

    private void write(List<String> train, List<String> sealed) throws IOException {
        Files.writeString(folder.resolve("t.csv"), csv(train));
        Files.writeString(folder.resolve("s.csv"), csv(sealed));
    }

    private static String csv(List<String> texts) {
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < texts.size(); i++) {
            csv.append('"').append(texts.get(i)).append("\",").append(i % 2 == 0 ? "a\n" : "b\n");
        }
        return csv.toString();
    }

    private SplitData load(String task) throws IOException {
        Files.writeString(folder.resolve("task.yaml"), task);
        return DataLoader.load(TaskFolder.read(folder), (purpose, index, example) -> {});
    }
}
