package dev.rung.gateway.govern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.policy.Operation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static Estimate of(String body) {
        return Estimate.of(body.getBytes(StandardCharsets.UTF_8), Operation.GENERATE, 4_096);
    }

    @Test
    void the_output_is_as_long_as_the_request_allows_whatever_the_dialect() {
        assertThat(of("{\"max_tokens\":100}").output()).isEqualTo(100);
        assertThat(of("{\"max_completion_tokens\" :\n 70}").output()).isEqualTo(70);
        assertThat(of("{\"max_output_tokens\": 5}").output()).isEqualTo(5);
        assertThat(of("{\"generationConfig\":{\"maxOutputTokens\":9}}").output())
                .isEqualTo(9);
        assertThat(of("{\"messages\":[]}").output()).isEqualTo(4_096);
        assertThat(of("{\"max_tokens\":null}").output()).isEqualTo(4_096);
        assertThat(of("{\"content\":\"say \\\"max_tokens\\\":1\"}").output()).isEqualTo(4_096);
    }

    @Test
    void the_input_is_a_token_for_three_bytes_and_images_count_as_a_few() {
        String prose = "the quick brown fox jumps over the lazy dog ".repeat(100);
        assertThat(of("{\"content\":\"" + prose + "\"}").input()).isBetween(1_460L, 1_480L);
        String image = "QUJD".repeat(100_000);
        assertThat(of("{\"content\":\"" + image + "\"}").input()).isBetween(2_000L, 2_010L);
        assertThat(of("").input()).isEqualTo(1);
    }

    @Test
    void counting_costs_nothing_and_vectors_have_no_output() {
        byte[] body = "{\"input\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(Estimate.of(body, Operation.COUNT_TOKENS, 4_096).total()).isZero();
        assertThat(Estimate.of(body, Operation.EMBED, 4_096).output()).isZero();
    }
}
