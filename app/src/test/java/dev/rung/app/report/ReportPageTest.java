package dev.rung.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPageTest {
    @Test
    void a_summary_read_back_from_its_json_gives_the_same_page() {
        for (ClimbSummary climb : new ClimbSummary[] {SampleClimb.met(), SampleClimb.notMet()}) {
            Json read = JsonText.parse(climb.toJson().compact());

            assertThat(ReportPage.of(ClimbSummary.fromJson((Json.Obj) read))).isEqualTo(ReportPage.of(climb));
        }
    }

    @Test
    void text_from_a_users_data_never_becomes_markup() {
        String page = ReportPage.of(SampleClimb.notMet());

        assertThat(page)
                .doesNotContain("<script", "<img", "\u0000")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; &#39;more&#39; \uFFFD\uFFFD");
    }

    @Test
    void a_page_asks_for_nothing_outside_itself() {
        String page = ReportPage.of(SampleClimb.met());

        boolean asks = Pattern.compile(
                        "<[^>]*\\s(src|href|srcset|action)=|url\\(|@import|<(link|script|iframe|base)\\b")
                .matcher(page)
                .find();
        assertThat(asks).isFalse();
    }

    @Test
    void every_candidate_is_on_the_ladder_with_its_reason() {
        ClimbSummary climb = SampleClimb.met();
        String page = ReportPage.of(climb);

        for (LadderLine line : climb.ladder()) {
            StringBuilder name = new StringBuilder();
            Tag.of("span", "name").text(line.name()).writeTo(name);
            assertThat(page).contains(name);
        }
        assertThat(page).contains("not needed: n-grams + linear holds").contains("stopped early");
    }

    @Test
    void a_cascades_promise_is_drawn_with_the_threshold_and_what_it_rests_on() {
        assertThat(ReportPage.of(SampleClimb.notMet()))
                .contains("id=\"promise\"", "class=\"band\"", "class=\"curve\"", "class=\"knot chosen\"")
                .contains("at most 5 % are answered by the student alone and wrongly, with 95 % confidence");
        assertThat(ReportPage.of(SampleClimb.met())).doesNotContain("id=\"promise\"");
    }

    @Test
    void examples_that_are_missing_are_counted_and_priced() {
        Conclusion.Labels labels = Conclusion.Labels.of(120, Usd.of("0.50"));
        assertThat(labels.words()).isEqualTo("about 120 more sealed examples (about $60 of labels)");
        assertThat(Conclusion.Labels.of(1, null).words()).isEqualTo("about 1 more sealed example");
        Conclusion open = new Conclusion(
                Conclusion.Outcome.NOT_ENOUGH_EVIDENCE, "open", 1, null, null, labels, List.of(), List.of());
        assertThat(Conclusion.fromJson(open.writeTo(Json.object()))).isEqualTo(open);
    }

    @Test
    void samples_are_written_where_a_person_can_look_at_them() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "report-samples"));
        Files.writeString(folder.resolve("met.html"), ReportPage.of(SampleClimb.met()));
        Files.writeString(folder.resolve("not-met.html"), ReportPage.of(SampleClimb.notMet()));
        assertThat(folder.resolve("met.html")).isNotEmptyFile();
    }
}
