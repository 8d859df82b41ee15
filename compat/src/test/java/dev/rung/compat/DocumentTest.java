package dev.rung.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The document of compatibility, whose tables are made of what the tests before this one have shown.
 *
 * <p>It is written to {@code compat/target/compatibility.md}, to be copied to {@code docs/compatibility.md}, which must be the same.
 */
@Order(Integer.MAX_VALUE)
class DocumentTest {
    private static final String BEGIN = "<!-- The tables from here on are made by the tests. -->";
    private static final String END = "<!-- Here they end. -->";

    private static String tables() {
        List<String> clients =
                Arrays.stream(Clients.values()).map(Clients::title).toList();
        List<String> upstreams =
                Arrays.stream(Upstream.values()).map(Upstream::title).toList();
        List<String> vendors = upstreams.subList(0, upstreams.size() - 1);
        return "\n## Features\n\n"
                + Cells.markdown(
                        clients,
                        "feature",
                        Arrays.stream(Feature.values()).map(Feature::title).toList(),
                        upstreams)
                + "## Faults\n\n"
                + Cells.markdown(
                        clients,
                        "fault",
                        Arrays.stream(Fault.values()).map(Fault::title).toList(),
                        vendors);
    }

    @Test
    void the_tables_show_what_the_tests_have_shown() throws Exception {
        String document = Files.readString(Path.of("../docs/compatibility.md"));
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        int all = Clients.values().length * Feature.values().length * Upstream.values().length
                + 4 * Fault.values().length * (Upstream.values().length - 1);
        if (Cells.count() == all) {
            String made = document.substring(0, begin) + "\n" + tables() + document.substring(end);
            Files.writeString(Path.of("target/compatibility.md"), made);
            assertThat(document)
                    .as("docs/compatibility.md and compat/target/compatibility.md")
                    .isEqualTo(made);
        }
        for (Clients client : Clients.values()) {
            assertThat(document.substring(begin, end)).contains("### " + client.title() + "\n");
        }
    }
}
