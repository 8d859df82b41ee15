package dev.rung.gateway.relay;

import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.gateway.scan.Members;
import dev.rung.gateway.scan.Strings;
import dev.rung.models.egress.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived, and where in its bytes the few things stand that policy must know or change.
 *
 * <p>The bytes are never parsed and written again, so that unknown members, their order and the form of numbers reach the upstream as they are. A member that
 * policy looks at may be there only once: of two, the gateway could heed one and the upstream the other.
 */
final class Inbound {
    private static final byte[] ASK_FOR_USAGE =
            "\"stream_options\":{\"include_usage\":true},".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USAGE_OBJECT = "{\"include_usage\":true}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USAGE_MEMBER = "\"include_usage\":true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = ",".getBytes(StandardCharsets.US_ASCII);

    private static final String GEMINI_PREFIX = "models/";

    private final Verb verb;
    private final byte[] body;
    private @Nullable String model;
    private @Nullable String bodyModel; // where the model that counts is named in the path
    private int modelFrom;
    private int modelTo;
    private boolean streamed;
    private int optionsFrom = -1;
    private int optionsTo;
    private boolean usageAsked;
    private @Nullable String affinity;
    private @Nullable String previousResponse;

    private Inbound(Verb verb, byte[] body) {
        this.verb = verb;
        this.body = body;
    }

    /** Returns the request whose model is named in its body. */
    static Inbound read(Verb verb, Bytes content) {
        Inbound read = new Inbound(verb, content.array());
        read.scan();
        if (read.model == null) {
            throw Refused.field("model", "missing", "Expected the name of a model or a task.");
        }
        return read;
    }

    /** Returns the request whose model is named in its path. */
    static Inbound read(Verb verb, String model, Bytes content) {
        Inbound read = new Inbound(verb, content.array());
        read.scan();
        read.bodyModel = read.model;
        read.model = model;
        read.streamed = verb == Verb.GEMINI_STREAM;
        return read;
    }

    private void scan() {
        Set<String> seen = new HashSet<>(8);
        try {
            Members members = Members.of(body);
            while (members.next()) {
                if (members.named("model")) {
                    once(seen, "model");
                    model(members);
                } else if (members.named("stream")) {
                    once(seen, "stream");
                    streamed = members.is("true");
                } else if (members.named("stream_options")) {
                    once(seen, "stream_options");
                    options(members);
                } else if (members.named("previous_response_id")) {
                    once(seen, "previous_response_id");
                    previousResponse = members.kind() == '"' ? members.text() : null;
                } else if (members.named("prompt_cache_key")) {
                    once(seen, "prompt_cache_key");
                    affinity = members.kind() == '"' ? members.text() : null;
                }
            }
        } catch (MalformedJson e) {
            throw Refused.body("invalid_json", "The request body is not a JSON object: " + e.getMessage() + ".");
        }
    }

    private static void once(Set<String> seen, String name) {
        if (!seen.add(name)) {
            throw Refused.field(name, "duplicate_parameter", "It is there more than once.");
        }
    }

    private void model(Members members) {
        if (members.kind() != '"') {
            throw Refused.field("model", "invalid_type", "Expected a string: the name of a model or a task.");
        }
        model = members.text();
        modelFrom = members.from();
        modelTo = members.to();
    }

    private void options(Members members) {
        optionsFrom = members.from();
        optionsTo = members.to();
        if (members.kind() == '{') {
            Members inside = members.inside();
            boolean seen = false;
            while (inside.next()) {
                if (inside.named("include_usage")) {
                    if (seen) {
                        throw Refused.field(
                                "stream_options.include_usage", "duplicate_parameter", "It is there more than once.");
                    }
                    seen = true;
                    usageAsked = inside.is("true");
                }
            }
        }
    }

    Verb verb() {
        return verb;
    }

    /** Returns the body as it arrived. */
    Bytes content() {
        return Bytes.of(body);
    }

    String model() {
        return model == null ? "" : model;
    }

    boolean streamed() {
        return streamed;
    }

    /** Returns a key whose requests share a prompt prefix, or null. */
    @Nullable
    String affinity() {
        return affinity;
    }

    /** Returns the id of an earlier response that the upstream is asked to go on from, or null. */
    @Nullable
    String previousResponse() {
        return previousResponse;
    }

    /** Tells whether usage in the stream is asked for by the gateway alone, so that the caller must not see it. */
    boolean usageIsOurs(boolean upstreamTells) {
        return verb == Verb.CHAT && streamed && upstreamTells && !usageAsked;
    }

    /** Returns the bytes for an upstream that calls the model {@code name} and can tell the usage of streams or not. */
    Pieces outgoing(String name, boolean upstreamTells) {
        Pieces pieces = new Pieces();
        int at = 0;
        boolean ask = usageIsOurs(upstreamTells);
        if (ask && optionsFrom < 0) {
            int brace = brace(0) + 1;
            pieces.add(body, 0, brace).add(ASK_FOR_USAGE, 0, ASK_FOR_USAGE.length);
            at = brace;
        }
        String inBody = replacement(name);
        boolean rename = modelTo > 0 && inBody != null;
        boolean optionsFirst = optionsFrom >= 0 && optionsFrom < modelFrom;
        if (ask && optionsFrom >= 0 && optionsFirst) {
            at = withUsage(pieces, at);
        }
        if (rename) {
            byte[] quoted = Strings.encoded(String.valueOf(inBody));
            pieces.add(body, at, modelFrom).add(quoted, 0, quoted.length);
            at = modelTo;
        }
        if (ask && optionsFrom >= 0 && !optionsFirst) {
            at = withUsage(pieces, at);
        }
        return pieces.add(body, at, body.length);
    }

    /** Returns what is to stand in the body in place of the model's name, or null for what stands there. */
    private @Nullable String replacement(String name) {
        if (bodyModel == null) {
            return name.equals(model) ? null : name;
        }
        String prefix = bodyModel.startsWith(GEMINI_PREFIX) ? GEMINI_PREFIX : "";
        boolean same = bodyModel.equals(prefix + model);
        return same && !name.equals(model) ? prefix + name : null;
    }

    /** Adds the body from {@code at} to the end of the stream options, which then ask for usage; returns where it stopped. */
    private int withUsage(Pieces pieces, int at) {
        if (body[optionsFrom] != '{') {
            pieces.add(body, at, optionsFrom).add(USAGE_OBJECT, 0, USAGE_OBJECT.length);
            return optionsTo;
        }
        Members inside = Members.of(body, optionsFrom, optionsTo);
        boolean empty = true;
        while (inside.next()) {
            empty = false;
            if (inside.named("include_usage")) {
                pieces.add(body, at, inside.from()).add(TRUE, 0, TRUE.length);
                return inside.to();
            }
        }
        pieces.add(body, at, optionsFrom + 1).add(USAGE_MEMBER, 0, USAGE_MEMBER.length);
        if (!empty) {
            pieces.add(COMMA, 0, 1);
        }
        return optionsFrom + 1;
    }

    private int brace(int from) {
        int at = from;
        while (body[at] != '{') {
            at++;
        }
        return at;
    }
}
