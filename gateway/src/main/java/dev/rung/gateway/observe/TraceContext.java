package dev.rung.gateway.observe;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span's place in a trace (W3C Trace Context): goes on with the caller's trace, or begins one.
 *
 * @param trace 32 hexadecimal digits
 * @param span 16 hexadecimal digits
 * @param parent the caller's span; null for none
 */
public record TraceContext(
        String trace, String span, @Nullable String parent, boolean sampled) {
    // Any version but ff; later versions may append fields.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /**
     * Returns the place of a new span.
     *
     * @param traceparent the caller's field; null, or in another form, for none
     * @param share the share of traces that begin here to be recorded, 0 to 1; a caller's own decision holds
     */
    static TraceContext of(@Nullable String traceparent, double share) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String span = HexFormat.of().toHexDigits(random.nextLong() | 1);
        Matcher matcher = traceparent == null ? null : FORM.matcher(traceparent);
        if (matcher != null && matcher.matches()) {
            boolean sampled = (HexFormat.fromHexDigits(matcher.group(3)) & 1) == 1;
            return new TraceContext(matcher.group(1), span, matcher.group(2), sampled);
        }
        String trace =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong() | 1);
        return new TraceContext(trace, span, null, random.nextDouble() < share);
    }

    /** Returns the field to be sent on. */
    public String traceparent() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
