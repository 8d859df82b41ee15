package dev.rung.compat.played;

import dev.rung.core.json.Json;
import java.util.List;

/** One vendor's side of the wire: what it answers and how it is asked. */
public sealed interface Vendor permits OpenAiVendor, ResponsesVendor, AnthropicVendor, GeminiVendor {
    /** Returns the dialect as {@code gateway.yaml} calls it. */
    String dialect();

    /** Returns a model that the vendor has. */
    String model();

    boolean asksForStream(PlayedServer.Request request);

    /** Returns an answer in one piece. */
    Json whole(Say say);

    /** Returns the events of a streamed answer, each with the empty line that ends it. */
    List<String> events(Say say);

    /** Returns the number of the first event with content. */
    int firstContent();

    /** Returns the body of an error with this status. */
    Json error(int status, String message);

    /** Returns the event that tells in a stream that the vendor is overloaded. */
    String overloaded(String message);

    /** Returns what a request for an answer tells. */
    Told told(PlayedServer.Request request);

    static String data(Json json) {
        return "data: " + json.compact() + "\n\n";
    }

    /** Returns an event that names the type that its data has. */
    static String typed(Json.Obj json) {
        return "event: " + json.string("type") + "\n" + data(json);
    }
}
