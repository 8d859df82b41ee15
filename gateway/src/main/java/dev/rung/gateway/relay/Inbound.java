package dev.rung.gateway.relay;

import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.gateway.scan.Members;
import dev.rung.gateway.scan.Strings;
import dev.rung.models.egress.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    /** Where Gemini's bodies repeat the model that their path names. */
    private final List<Spot> repeats = new ArrayList<>(0);

    private int modelFrom;
    private int modelTo;
    private boolean streamed;
    private int optionsFrom = -1;
    private int optionsTo;
    private boolean usageAsked;
    private @Nullable String affinity;
    private @Nullable String previousResponse;

    private record Spot(int from, int to, String text) {}

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
                } else if (verb == Verb.GEMINI_EMBED_BATCH && members.named("requests")) {
                    once(seen, "requests");
                    Members items = members.items();
                    while (items.next()) {
                        repeated(items);
                    }
                } else if (verb == Verb.GEMINI_COUNT && members.named("generateContentRequest")) {
                    once(seen, "generateContentRequest");
                    repeated(members);
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
        if (verb.dialect() == Dialect.GEMINI) {
            repeats.add(new Spot(members.from(), members.to(), members.text()));
            return;
        }
        modelFrom = members.from();
        modelTo = members.to();
    }

    /** Looks for the model's name in a request inside of the body. */
    private void repeated(Members request) {
        if (request.kind() != '{') {
            return;
        }
        Members inside = request.inside();
        while (inside.next()) {
            if (inside.named("model") && inside.kind() == '"') {
                repeats.add(new Spot(inside.from(), inside.to(), inside.text()));
            }
        }
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
        if (verb.dialect() == Dialect.GEMINI) {
            return repeating(name);
        }
        Pieces pieces = new Pieces();
        int at = 0;
        boolean ask = usageIsOurs(upstreamTells);
        if (ask && optionsFrom < 0) {
            int brace = brace(0) + 1;
            pieces.add(body, 0, brace).add(ASK_FOR_USAGE, 0, ASK_FOR_USAGE.length);
            at = brace;
        }
        boolean rename = modelTo > 0 && !name.equals(model);
        boolean optionsFirst = optionsFrom >= 0 && optionsFrom < modelFrom;
        if (ask && optionsFrom >= 0 && optionsFirst) {
            at = withUsage(pieces, at);
        }
        if (rename) {
            byte[] quoted = Strings.encoded(name);
            pieces.add(body, at, modelFrom).add(quoted, 0, quoted.length);
            at = modelTo;
        }
        if (ask && optionsFrom >= 0 && !optionsFirst) {
            at = withUsage(pieces, at);
        }
        return pieces.add(body, at, body.length);
    }

    /** Returns the body with the upstream's name of the model wherever it repeats the one of its path. */
    private Pieces repeating(String name) {
        Pieces pieces = new Pieces();
        int at = 0;
        for (Spot spot : name.equals(model) ? List.<Spot>of() : repeats) {
            String prefix = spot.text.startsWith(GEMINI_PREFIX) ? GEMINI_PREFIX : "";
            if (spot.text.equals(prefix + model)) {
                byte[] quoted = Strings.encoded(prefix + name);
                pieces.add(body, at, spot.from).add(quoted, 0, quoted.length);
                at = spot.to;
            }
        }
        return pieces.add(body, at, body.length);
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
