package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.app.report.ClimbSummary;
import dev.rung.app.report.LadderLine;
import dev.rung.app.report.SampleClimb;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClimbTableTest {
    private static final Paint NO_PAINT = new Paint(false);

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140})
    void every_candidate_and_reason_is_there_once_and_no_line_is_too_wide(int width) {
        for (ClimbSummary climb : List.of(SampleClimb.met(), SampleClimb.notMet())) {
            List<String> lines = new ClimbTable(climb, NO_PAINT, width).lines();
            assertThat(lines)
                    .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                            .as(line)
                            .isLessThanOrEqualTo(width));
            String all = String.join(" ", lines).replaceAll("\\s+", " ");
            for (LadderLine line : climb.ladder()) {
                String reason = switch (line) {
                    case LadderLine.Tried tried -> tried.brief();
                    case LadderLine.NotTried notTried -> "not tried, " + notTried.reason();
                };
                assertThat(all).contains(line.name()).contains(reason.replaceAll("\\s+", " "));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 140})
    void what_was_not_tried_for_one_reason_stands_under_that_reason_once(int width) {
        ClimbSummary climb = SampleClimb.met();
        String all =
                String.join(" ", new ClimbTable(climb, NO_PAINT, width).lines()).replaceAll("\\s+", " ");
        for (LadderLine line : climb.ladder()) {
            if (line instanceof LadderLine.NotTried(var rung, var name, var reason, var price)) {
                assertThat(all.split("\\Q" + "not tried, " + reason + "\\E", -1))
                        .as(reason)
                        .hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9995, 0.99999, 1.0})
    void a_confidence_is_never_shown_as_certainty(double confidence) {
        assertThat(dev.rung.app.report.Figures.confidence(confidence)).isEqualTo(">0.999");
        assertThat(dev.rung.app.report.Figures.confidence(1 - confidence)).isEqualTo("<0.001");
        assertThat(dev.rung.app.report.Figures.confidence(0.8124)).isEqualTo("0.812");
    }
}
