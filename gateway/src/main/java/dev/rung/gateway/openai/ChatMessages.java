package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a chat, of which a task takes one: the last, which is the user's.
 *
 * <p>Instructions ({@code system}, {@code developer}) are left aside, since a release has its own, with which it was certified. Earlier turns would change
 * what is asked, and are refused unless the caller consents to do without.
 *
 * @param leftAside places such as {@code messages[0]}
 */
record ChatMessages(String input, List<String> leftAside) {
    private static final String FIELD = "messages";
    private static final Set<String> TAKEN_ROLES = Set.of("system", "developer", "user", "assistant");
    private static final Set<String> USER_FIELDS = Set.of("role", "content", "name");
    private static final Set<String> PART_FIELDS = Set.of("type", "text");

    static ChatMessages read(@Nullable Json value, Consent consent) {
        if (!(value instanceof Json.Arr(List<Json> messages)) || messages.isEmpty()) {
            throw Refused.field(FIELD, "invalid_type", "Expected a list of at least one message.");
        }
        List<String> leftAside = new ArrayList<>();
        int last = messages.size() - 1;
        for (int i = 0; i < last; i++) {
            String place = place(i);
            String role = role(messages.get(i), place);
            if (!role.equals("system") && !role.equals("developer") && !consent.covers(FIELD)) {
                throw Refused.field(
                        place,
                        "earlier_turns",
                        "A task answers one message and knows no earlier turns. Send the last user message alone."
                                + Consent.hint(FIELD));
            }
            leftAside.add(place);
        }
        String role = role(messages.get(last), place(last));
        if (!role.equals("user") || !(messages.get(last) instanceof Json.Obj message)) {
            throw Refused.field(
                    place(last) + ".role",
                    "invalid_value",
                    "Found %s, expected the last message to be the user's.".formatted(role));
        }
        refuseUnknown(message, USER_FIELDS, place(last));
        return new ChatMessages(input(message.get("content"), place(last) + ".content"), List.copyOf(leftAside));
    }

    private static String place(int index) {
        return FIELD + "[" + index + "]";
    }

    private static String role(Json message, String place) {
        if (!(message instanceof Json.Obj object) || !(object.get("role") instanceof Json.Str(String role))) {
            throw Refused.field(place, "invalid_type", "Expected an object with a \"role\" and a \"content\".");
        }
        if (TAKEN_ROLES.contains(role)) {
            return role;
        }
        if (role.equals("tool") || role.equals("function")) {
            throw Refused.field(
                    place + ".role", "unsupported_value", "A task calls no tools and takes no results of them.");
        }
        throw Refused.field(
                place + ".role",
                "invalid_value",
                "Found %s, expected system, developer, user or assistant.".formatted(Wire.brief(Json.of(role))));
    }

    private static String input(@Nullable Json content, String place) {
        String text = switch (content) {
            case Json.Str(String whole) -> whole;
            case Json.Arr(List<Json> parts) -> joined(parts, place);
            case null, default ->
                throw Refused.field(place, "invalid_type", "Expected a string or a list of text parts.");
        };
        if (text.isBlank()) {
            throw Refused.field(place, "empty", "The message is empty; there is nothing to answer.");
        }
        return text;
    }

    private static String joined(List<Json> parts, String place) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            texts.add(text(parts.get(i), place + "[" + i + "]"));
        }
        return String.join("\n", texts);
    }

    private static String text(Json part, String place) {
        if (!(part instanceof Json.Obj object) || !(object.get("type") instanceof Json.Str(String type))) {
            throw Refused.field(place, "invalid_type", "Expected an object with a \"type\".");
        }
        if (!type.equals("text")) {
            throw Refused.field(
                    place + ".type",
                    "unsupported_value",
                    "Found %s, expected text: a task takes nothing else.".formatted(Wire.brief(Json.of(type))));
        }
        refuseUnknown(object, PART_FIELDS, place);
        if (object.get("text") instanceof Json.Str(String text)) {
            return text;
        }
        throw Refused.field(place + ".text", "invalid_type", "Expected a string.");
    }

    private static void refuseUnknown(Json.Obj object, Set<String> known, String place) {
        object.members().forEach((name, value) -> {
            if (!known.contains(name) && !(value instanceof Json.Nil)) {
                throw Refused.field(
                        place + "." + name, "unknown_parameter", "A task has no use for this field. Leave it out.");
            }
        });
    }
}
