package dev.rung.gateway.openai;

import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Release;
import dev.rung.core.task.Output;
import dev.rung.gateway.policy.PriceText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers that tell where an answer comes from and what it cost. */
final class ChatHeaders {
    private static final String UNKNOWN = "unknown";
    private static final int CONFIDENCE_DIGITS = 6;

    private ChatHeaders() {}

    static Map<String, String> of(Release release, Answer answer, List<String> leftAside) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-rung-release", release.id().value());
        headers.put("x-rung-rung", answer.provenance().rung().key());
        headers.put("x-rung-answered-by", Wire.header(answer.provenance().answeredBy()));
        headers.put("x-rung-price-usd", PriceText.of(answer.price()));
        headers.put("x-rung-confidence", confidence(answer.confidence()));
        if (answer.output() instanceof Output.Abstention) {
            headers.put("x-rung-abstained", "true");
        }
        if (!leftAside.isEmpty()) {
            headers.put("x-rung-dropped", Wire.header(String.join(", ", leftAside)));
        }
        return headers;
    }

    private static String confidence(double confidence) {
        return Double.isFinite(confidence)
                ? BigDecimal.valueOf(confidence)
                        .setScale(CONFIDENCE_DIGITS, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : UNKNOWN;
    }
}
