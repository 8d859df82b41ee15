package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;

/** What a writer made, and what it could not express. */
public record Written(Json.Obj body, List<Untranslatable> lost) {
    public Written {
        lost = List.copyOf(lost);
    }
}
