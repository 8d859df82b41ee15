package dev.rung.gateway.http;

import java.io.Serial;
import java.util.Map;

/** Thrown to answer a request with a refusal; carries no stack trace, for it is an expected outcome. */
public final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** Returns a 400 that names the field at fault. */
    public static Refused field(String parameter, String code, String message) {
        return new Refused(new Refusal(400, code, message, parameter, Map.of()));
    }

    /** Returns a 400 about the body as a whole. */
    public static Refused body(String code, String message) {
        return new Refused(Refusal.of(400, code, message));
    }

    public Refusal refusal() {
        return refusal;
    }
}
