package dev.rung.gateway.govern;

import dev.rung.core.economics.book.ServiceTier;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.gateway.scan.Members;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a call is expected to use at most, before anybody has counted them.
 *
 * <p>The input is taken to be a token for every three bytes of its text, which is more than the tokenizers of common models make of JSON with prose in Latin
 * script; runs without a space of more than {@value #RUN} bytes, such as images in base 64, are taken for {@value #MEDIA} tokens each. The output is taken
 * to be as long as the request allows. The body is looked through and not parsed.
 *
 * @param tier that is asked for; null for one that is not known
 */
record Estimate(long input, long output, @Nullable ServiceTier tier) {
    private static final int BYTES_PER_TOKEN = 3;
    private static final int RUN = 2_048;
    private static final int MEDIA = 2_000;
    private static final byte[][] LIMITS = {
        name("max_tokens"),
        name("max_completion_tokens"),
        name("max_output_tokens"),
        name("maxOutputTokens"),
        name("max_tokens_to_sample")
    };

    static final Estimate NOTHING = new Estimate(0, 0, ServiceTier.STANDARD);

    long total() {
        return input + output;
    }

    /**
     * Returns the estimate for {@code body}.
     *
     * @param unbounded how long an output is taken to be that the request does not bound
     */
    static Estimate of(byte[] body, Operation operation, long unbounded) {
        return switch (operation) {
            case COUNT_TOKENS -> NOTHING;
            case EMBED -> new Estimate(input(body), 0, tier(body));
            case GENERATE -> new Estimate(input(body), output(body, unbounded), tier(body));
        };
    }

    /** Returns as many tokens at the same tier. */
    Estimate of(long inputTokens, long outputTokens) {
        return new Estimate(inputTokens, outputTokens, tier);
    }

    // The request's own member, not one that a text in it mentions.
    private static @Nullable ServiceTier tier(byte[] body) {
        try {
            Members members = Members.of(body);
            while (members.next()) {
                if (members.named("service_tier") && members.kind() == '"') {
                    return ServiceTier.named(members.text()).orElse(null);
                }
            }
        } catch (MalformedJson e) {
            // A body that is no object asks for no tier, and is refused elsewhere.
        }
        return ServiceTier.STANDARD;
    }

    private static long input(byte[] body) {
        long text = 0;
        long media = 0;
        int run = 0;
        for (byte b : body) {
            boolean gap = b == ' ' || b == '"' || b == ',' || b == '\\' || b == '\n';
            if (gap) {
                media += run > RUN ? 1 : 0;
                text += run > RUN ? 0 : run;
                text++;
                run = 0;
            } else {
                run++;
            }
        }
        text += run;
        return text / BYTES_PER_TOKEN + 1 + media * MEDIA;
    }

    private static long output(byte[] body, long unbounded) {
        long most = -1;
        for (int i = 1; i + 10 < body.length; i++) {
            if (body[i] == 'm'
                    && body[i + 1] == 'a'
                    && body[i + 2] == 'x'
                    && body[i - 1] == '"'
                    && (i < 2 || body[i - 2] != '\\')) {
                most = Math.max(most, limit(body, i));
            }
        }
        return most < 0 ? unbounded : most;
    }

    private static long limit(byte[] body, int at) {
        for (byte[] name : LIMITS) {
            if (at + name.length < body.length && Arrays.equals(body, at, at + name.length, name, 0, name.length)) {
                return number(body, at + name.length);
            }
        }
        return -1;
    }

    // After the name and its closing quote: white space, a colon, white space, digits.
    private static long number(byte[] body, int from) {
        int i = from;
        while (i < body.length
                && (body[i] == ' ' || body[i] == ':' || body[i] == '\n' || body[i] == '\t' || body[i] == '\r')) {
            i++;
        }
        long value = -1;
        for (; i < body.length && body[i] >= '0' && body[i] <= '9' && value < 100_000_000; i++) {
            value = Math.max(0, value) * 10 + body[i] - '0';
        }
        return value;
    }

    private static byte[] name(String text) {
        return (text + "\"").getBytes(StandardCharsets.US_ASCII);
    }
}
