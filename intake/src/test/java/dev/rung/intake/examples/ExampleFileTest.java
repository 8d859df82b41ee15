package dev.rung.intake.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleFileTest {
    @TempDir
    Path folder;

    private final ReadingNotes notes = new ReadingNotes();

    @Test
    void csv_keeps_line_breaks_quotes_and_delimiters_inside_quotes_and_counts_physical_lines() throws IOException {
        assertThat(read("m.csv", "text,label,lang\r\n\"a, \"\"b\"\"\r\nc\",x,en\r\n\r\nplain 5\" pipe, y ,de\n"))
                .containsExactly("m.csv:2|a, \"b\"\r\nc|\"x\"|{lang=en}", "m.csv:5|plain 5\" pipe|\" y \"|{lang=de}");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void the_delimiter_is_found(String delimiter) throws IOException {
        String csv = "id,message,intent\n1,\"one, two; three | four\tfive\",x\n2,hello,y\n"
                .replace(",message", delimiter + "message")
                .replace("message,", "message" + delimiter)
                .replace("1,", "1" + delimiter)
                .replace("\",x", "\"" + delimiter + "x")
                .replace("2,hello,y", "2" + delimiter + "hello" + delimiter + "y");
        assertThat(read("m.csv", csv))
                .containsExactly("m.csv:2|one, two; three | four\tfive|\"x\"|{id=1}", "m.csv:3|hello|\"y\"|{id=2}");
    }

    @Test
    void a_tsv_is_split_at_tabs_whatever_else_it_holds() throws IOException {
        assertThat(read("m.tsv", "text\tlabel\na, b, c\tx\n")).containsExactly("m.tsv:2|a, b, c|\"x\"|{}");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,true",
        "UTF-8,false",
        "UTF-16LE,true",
        "UTF-16LE,false",
        "UTF-16BE,true",
        "UTF-16BE,false",
        "UTF-32LE,true",
        "UTF-32BE,true",
        "windows-1252,false"
    })
    void encodings_are_recognised_by_mark_or_by_looking(String encoding, boolean marked) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset charset = Charset.forName(encoding);
        if (marked) {
            bytes.write("\uFEFF".getBytes(charset));
        }
        bytes.write("text,label\nWo ist meine Bestellung für Köln? Das wäre schön – danke “Ihr” Café,x\n"
                .getBytes(charset));
        Files.write(folder.resolve("m.csv"), bytes.toByteArray());
        assertThat(rows("m.csv", null, Columns.INFERRED, OutputKind.LABELS))
                .containsExactly(
                        "m.csv:2|Wo ist meine Bestellung für Köln? Das wäre schön – danke “Ihr” Café|\"x\"|{}");
        boolean guessed = encoding.equals("windows-1252") || (encoding.startsWith("UTF-16") && !marked);
        assertThat(notes.notices()).hasSize(guessed ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "Shift_JIS,注文した商品がまだ届きません。いつ届くか教えてください。よろしくお願いします。",
        "windows-1251,Здравствуйте! Где мой заказ? Я жду уже две недели и хочу вернуть деньги.",
        "GB18030,我的订单还没有收到，请问什么时候可以送到？谢谢您的帮助。",
        "EUC-KR,주문한 상품이 아직 도착하지 않았습니다. 언제 도착하나요? 감사합니다."
    })
    void other_encodings_are_recognised_by_their_statistics(String encoding, String text) throws IOException {
        Files.write(
                folder.resolve("m.csv"),
                ("text,label\n" + (text + ",x\n").repeat(20)).getBytes(Charset.forName(encoding)));
        assertThat(rows("m.csv", null, Columns.INFERRED, OutputKind.LABELS))
                .hasSize(20)
                .first()
                .isEqualTo("m.csv:2|" + text + "|\"x\"|{}");
        assertThat(notes.notices()).singleElement().asString().contains("line 2 is not UTF-8");
    }

    @Test
    void a_byte_that_is_not_utf8_late_in_a_large_file_is_found() throws IOException {
        byte[] start = ("text,label\n" + "a plain line of text,x\n".repeat(10_000)).getBytes(StandardCharsets.UTF_8);
        byte[] end = "caf\u00e9,x\n".getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(start);
        bytes.write(end);
        Files.write(folder.resolve("m.csv"), bytes.toByteArray());
        assertThat(rows("m.csv", null, Columns.INFERRED, OutputKind.LABELS))
                .last()
                .isEqualTo("m.csv:10002|café|\"x\"|{}");
        assertThat(notes.notices()).singleElement().asString().contains("line 10002 is not UTF-8");
    }

    @Test
    void a_row_of_the_wrong_width_is_named_and_skipped() throws IOException {
        assertThat(read("m.csv", "text,label\none,x\ntwo, with comma,x\nthree\nfour,y\n"))
                .hasSize(2);
        assertThat(notes.badRows())
                .extracting(row -> row.id() + " " + row.message().substring(0, 14))
                .containsExactly("m.csv:3 found 3 fields", "m.csv:4 found 1 fields");
        assertThatThrownBy(notes::refuseBadRows)
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("m.csv:3: found 3 fields, expected 2");
    }

    @Test
    void a_quote_that_is_never_closed_costs_its_own_row_alone() throws IOException {
        assertThat(read("m.csv", "text,label\nfine,x\n\"open,x\nmore,y\n\"a\nb\",y\n"))
                .containsExactly("m.csv:2|fine|\"x\"|{}", "m.csv:4|more|\"y\"|{}", "m.csv:5|a\nb|\"y\"|{}");
        assertThatThrownBy(notes::refuseBadRows)
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("m.csv:3: found")
                .hasMessageEndingWith("`rung check` lists every row that cannot be used, in a file to mend them by");
        assertThat(notes.badRowCount()).isEqualTo(1);
    }

    @Test
    void text_behind_a_closing_quote_costs_its_own_row_alone() throws IOException {
        assertThat(read("m.csv", "text,label\nfine,x\n\n\"a\"b,x\nfine too,y\n\"c\"d,x\n"))
                .containsExactly("m.csv:2|fine|\"x\"|{}", "m.csv:5|fine too|\"y\"|{}");
        assertThat(notes.badRows())
                .extracting(row -> row.id().line() + " " + row.message().substring(0, 20))
                .containsExactly("4 found what is not CS", "6 found what is not CS");
    }

    @Test
    void a_json_document_that_breaks_off_gives_the_rows_before_the_break() throws IOException {
        assertThat(read("d.json", "[[\"a\",\"x\"],\n[\"b\",\"y\"],\n[\"c\" \"y\"],\n[\"d\",\"x\"]]"))
                .containsExactly("d.json:1|a|\"x\"|{}", "d.json:2|b|\"y\"|{}");
        assertThat(notes.badRows())
                .singleElement()
                .satisfies(row -> assertThat(row.message()).contains("The rest of the file was not read"));
    }

    @Test
    void when_two_columns_could_be_meant_the_choice_is_said() throws IOException {
        assertThat(read("m.csv", "question,label,category\nhi,a,b\n")).containsExactly("m.csv:2|hi|\"a\"|{category=b}");
        assertThat(notes.notices()).singleElement().asString().contains("\"label\", not from \"category\"");
    }

    @Test
    void json_lines_may_be_plain_objects_or_pairs() throws IOException {
        assertThat(
                        read(
                                "m.jsonl",
                                "{\"text\":\"a\",\"label\":3,\"n\":{\"k\":1}}\n\n{\"text\":\"b\",\"label\":null}\n{\"label\":\"x\"}\nnot json\n7\n{\"text\":\"c\",\"label\":\"x\"}\n"))
                .containsExactly("m.jsonl:1|a|3|{n={\"k\":1}}", "m.jsonl:3|b|null|{}", "m.jsonl:7|c|\"x\"|{}");
        assertThat(notes.badRows()).extracting(row -> row.id().line()).containsExactly(4L, 5L, 6L);
        assertThat(read("p.jsonl", "[\"a\",\"x\"]\n[\"b\"]\n[1,2,3]\n"))
                .containsExactly("p.jsonl:1|a|\"x\"|{}", "p.jsonl:2|b|null|{}");
    }

    @Test
    void openai_chat_takes_the_last_answer_and_the_question_before_it() throws IOException {
        assertThat(read("c.jsonl", """
                {"messages":[{"role":"system","content":"be brief"},{"role":"user","content":"first"},{"role":"assistant","content":"one"},{"role":"user","content":[{"type":"text","text":"sec"},{"type":"text","text":"ond"}]},{"role":"assistant","content":"two"}]}
                {"messages":[{"role":"user","content":"open"}]}
                {"messages":[{"role":"assistant","content":"x"}]}
                """))
                .containsExactly("c.jsonl:1|second|\"two\"|{system=be brief}", "c.jsonl:2|open|null|{}");
        assertThat(notes.badRowCount()).isEqualTo(1);
    }

    @Test
    void sharegpt_and_alpaca_are_known_by_their_keys() throws IOException {
        assertThat(
                        read(
                                "s.jsonl",
                                "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":\"a\"}]}\n"))
                .containsExactly("s.jsonl:1|q|\"a\"|{}");
        assertThat(
                        read(
                                "a.json",
                                "[{\"instruction\":\"Translate\",\"input\":\"Hund\",\"output\":\"dog\"},\n{\"instruction\":\"Greet\",\"input\":\"\",\"output\":\"hi\"}]"))
                .containsExactly("a.json:1|Translate\n\nHund|\"dog\"|{}", "a.json:2|Greet|\"hi\"|{}");
    }

    @Test
    void an_array_inside_a_document_is_named_by_a_pointer() throws IOException {
        Files.writeString(folder.resolve("d.json"), "{\"val\":[[\"v\",\"x\"]],\n\"train\":[\n[\"t\",\"y\"]]}");
        assertThat(rows("d.json", "/train", Columns.INFERRED, OutputKind.LABELS))
                .containsExactly("d.json#/train:3|t|\"y\"|{}");
        assertThatThrownBy(() -> rows("d.json", "/test", Columns.INFERRED, OutputKind.LABELS))
                .hasMessageContaining("expected one of the keys there: val, train");
        assertThatThrownBy(() -> rows("d.json", null, Columns.INFERRED, OutputKind.LABELS))
                .hasMessageContaining("found no array at \"\"");
    }

    @Test
    void unlabelled_rows_may_be_plain_lines_and_labelled_ones_may_not() throws IOException {
        Files.writeString(folder.resolve("u.txt"), "one, two\n\nthree\n");
        assertThat(rows("u.txt", null, Columns.INFERRED, OutputKind.NONE))
                .containsExactly("u.txt:1|one, two|null|{}", "u.txt:3|three|null|{}");
        assertThatThrownBy(() -> rows("u.txt", null, Columns.INFERRED, OutputKind.LABELS))
                .hasMessageContaining("found a plain text file");
        assertThatThrownBy(() -> rows("u.xlsx", null, Columns.INFERRED, OutputKind.LABELS))
                .hasMessageContaining("found the ending .xlsx");
        assertThatThrownBy(() -> rows("gone.csv", null, Columns.INFERRED, OutputKind.LABELS))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("no file");
    }

    private List<String> read(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
        return rows(name, null, Columns.INFERRED, OutputKind.LABELS);
    }

    private List<String> rows(
            String name, @org.jspecify.annotations.Nullable String pointer, Columns columns, OutputKind kind) {
        List<String> rows = new ArrayList<>();
        try (Rows file = new ExampleFile(folder.resolve(name), name, pointer).open(columns, kind, notes)) {
            file.forEachRemaining(
                    row -> rows.add(row.id() + "|" + row.input() + "|" + row.expected() + "|" + row.columns()));
        }
        return rows;
    }
}
