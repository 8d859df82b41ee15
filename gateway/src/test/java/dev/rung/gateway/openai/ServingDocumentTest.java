package dev.rung.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingDocumentTest {
    private final List<String> lines = read();

    private static List<String> read() {
        try {
            return Files.readAllLines(Path.of("..", "docs", "serving.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_table_of_fields_in_the_documentation_is_the_one_in_the_code() {
        int begin = lines.indexOf("| field | what is done | why |") + 2;
        int end = lines.indexOf("| any other | refused | unknown |");
        assertThat(lines.subList(begin, end))
                .containsExactlyElementsOf(
                        ChatFields.ALL.stream().map(ServingDocumentTest::row).toList());
    }

    private static String row(ChatFields.Field field) {
        String done = switch (field.treatment()) {
            case ChatFields.Treatment.Honoured honoured -> "honoured";
            case ChatFields.Treatment.NoEffect noEffect -> "no effect";
            case ChatFields.Treatment.Refused refused ->
                refused.harmless().equals("none")
                        ? "refused"
                        : "refused, but for `" + refused.harmless().replace(" or ", "` or `") + "`";
        };
        return "| `%s` | %s | %s |".formatted(field.name(), done, field.reason());
    }
}
