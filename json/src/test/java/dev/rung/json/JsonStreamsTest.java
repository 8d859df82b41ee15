package dev.rung.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonStreamsTest {
    @Test
    void lines_are_counted_with_blank_ones_and_a_bad_line_does_not_end_the_reading() {
        try (JsonLines lines = new JsonLines(new StringReader("\uFEFF{\"a\":1}\n\n[2\n 3 \n4 5\n6"), "f.jsonl")) {
            assertThat(lines.next()).hasToString("Line[number=1, value={\"a\":1}]");
            assertThatThrownBy(lines::next)
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageStartingWith("f.jsonl:3:");
            assertThat(lines.next().number()).isEqualTo(4);
            assertThatThrownBy(lines::next)
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageStartingWith("f.jsonl:5: found more text");
            assertThat(lines.next()).hasToString("Line[number=6, value=6]");
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @Test
    void items_of_an_array_inside_a_document_know_their_lines() {
        String document =
                "{\n \"skip\": [[1], {\"x\": []}],\n \"a/b\": {\"rows\": [\n  [\"q\", \"l\"],\n  {\"k\": 1}\n ]}}";
        try (JsonItems items = new JsonItems(new StringReader(document), "d.json", "/a~1b/rows")) {
            assertThat(drain(items))
                    .hasToString("[Line[number=4, value=[\"q\",\"l\"]], Line[number=5, value={\"k\":1}]]");
        }
    }

    @Test
    void a_pointer_to_nothing_names_the_keys_that_are_there() {
        assertThatThrownBy(() -> new JsonItems(new StringReader("{\"train\":[],\"test\":[]}"), "d.json", "/tran"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessage("d.json: found nothing at \"/tran\", expected one of the keys there: train, test");
        assertThatThrownBy(() -> new JsonItems(new StringReader("{\"train\":{}}"), "d.json", "/train"))
                .hasMessageContaining("found no array at \"/train\"");
    }

    private static <T> List<T> drain(Iterator<T> from) {
        List<T> all = new ArrayList<>();
        from.forEachRemaining(all::add);
        return all;
    }
}
