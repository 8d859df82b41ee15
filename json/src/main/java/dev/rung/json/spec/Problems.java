package dev.rung.json.spec;

import dev.rung.core.RungException;
import dev.rung.json.Yaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Everything that is wrong with one file, collected so that a user hears it all at once. Not thread-safe. */
public final class Problems {
    private final String schema;
    private final List<Problem> problems = new ArrayList<>();

    /** Makes an empty list; {@code schema} is the published file that says what can be written. */
    public Problems(String schema) {
        this.schema = schema;
    }

    String schema() {
        return schema;
    }

    private record Problem(int line, String message) {}

    /** Notes that {@code found} stands at {@code place} where {@code expected} should, and what to do. */
    public void add(Yaml.Place place, String found, String expected, String remedy) {
        problems.add(new Problem(place.line(), place + ": found " + found + ", expected " + expected + ". " + remedy));
    }

    /** Notes a word at {@code place} that is none of {@code known}, naming the nearest of them. */
    public void unknownWord(Yaml.Place place, String what, String word, Collection<String> known) {
        String nearest = NearestWord.of(word, known);
        add(
                place,
                what + " \"" + word + "\"",
                (known.size() == 1 ? "" : "one of ") + String.join(", ", known),
                nearest == null ? "Remove it or correct it" : "Did you mean \"" + nearest + "\"?");
    }

    public int count() {
        return problems.size();
    }

    public boolean any() {
        return !problems.isEmpty();
    }

    /** Returns the error that lists every problem, in the order of the file. */
    public RungException.WrongInput refusal() {
        StringBuilder message = new StringBuilder();
        problems.stream()
                .sorted((a, b) -> Integer.compare(a.line, b.line))
                .forEach(
                        problem -> message.append(message.isEmpty() ? "" : "\n").append(problem.message));
        return new RungException.WrongInput(message.toString());
    }
}
