package dev.rung.wire.form;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;

/** The arguments of a tool call: a text in some dialects, an object in others. */
public final class Arguments {
    /** Holds, as Anthropic advises, a text that is not the JSON object which it should have been. */
    public static final String INVALID = "INVALID_JSON";

    private Arguments() {}

    /** Returns the object that a model wrote; a text that is none becomes the member {@value #INVALID} of one. */
    public static Json.Obj object(String text) {
        try {
            if (JsonText.parse(text) instanceof Json.Obj object) {
                return object;
            }
        } catch (RungException.WrongInput e) {
            // what a model wrote, cut by a limit for instance
        }
        return Json.object(INVALID, Json.of(text));
    }
}
