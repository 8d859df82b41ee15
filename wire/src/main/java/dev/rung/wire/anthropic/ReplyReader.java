package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole message. */
final class ReplyReader {
    private ReplyReader() {}

    static Reply read(Json.Obj body) {
        List<Unknown> unknown = new ArrayList<>(0);
        Fields fields = new Fields(body, Place.BODY, unknown);
        Json content = fields.take("content");
        if (content == null) {
            throw Malformed.found(fields.place("content"), null, "an array");
        }
        List<Part> parts = new BlockReader(unknown).content(content, fields.place("content"));
        String reason = fields.text("stop_reason");
        Stop stop = StopReasons.read(reason == null ? "" : reason, fields.text("stop_sequence"));
        Json.Obj usage = fields.object("usage");
        String id = fields.text("id");
        String model = fields.text("model");
        fields.pass("type", "role");
        fields.finish();
        return new Reply(
                Dialect.ANTHROPIC,
                id == null ? "" : id,
                model == null ? "" : model,
                null,
                List.of(new Choice(0, parts, stop, List.of())),
                usage == null ? Usage.UNKNOWN : MessageUsage.read(usage),
                unknown,
                body);
    }
}
