package dev.rung.wire.gemini;

import dev.rung.wire.form.Fields;

/** Google's servers take the names of fields in camel case and in snake case. */
final class Names {
    private Names() {}

    /** Returns the name under which the field is there: {@code camel}, or the same in snake case. */
    static String of(Fields fields, String camel) {
        if (fields.source().get(camel) != null) {
            return camel;
        }
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                snake.append('_').append((char) (c + ('a' - 'A')));
            } else {
                snake.append(c);
            }
        }
        String name = snake.toString();
        return fields.source().get(name) != null ? name : camel;
    }
}
