package dev.rung.gateway.govern;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;

/** Reads usage records as upstreams send them. */
final class UsageText {
    private UsageText() {}

    /** Returns the record, or JSON's null for what is no JSON: then nothing is known of what was used. */
    static Json parse(String text) {
        try {
            return JsonText.parse(text, "usage");
        } catch (RungException.WrongInput e) {
            return Json.Nil.NULL;
        }
    }
}
