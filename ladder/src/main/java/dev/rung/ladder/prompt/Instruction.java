package dev.rung.ladder.prompt;

import dev.rung.core.json.Json;
import dev.rung.core.model.Message;
import dev.rung.core.model.Prompt;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The instruction and output contract of a task as a model reads them: the goal, what may be answered, and how.
 *
 * @param system the text that is the same for every question
 * @param surfaces for a labels task, the words that stand for each label, by label; empty otherwise
 */
public record Instruction(String system, SequencedMap<String, String> surfaces) {
    /** Returns the instruction of {@code task}, in the team's own words wherever it has any. */
    public static Instruction of(Task task) {
        return switch (task.output()) {
            case OutputContract.Labels labels -> ofLabels(task.goal(), labels);
            case OutputContract.Fields(Json.Obj schema) ->
                new Instruction(
                        task.goal()
                                + "\n\nAnswer with one JSON object that satisfies this JSON Schema, and nothing else:\n"
                                + schema.compact(),
                        new LinkedHashMap<>());
            case OutputContract.Text text ->
                new Instruction(task.goal() + "\n\nAnswer as briefly as the question allows.", new LinkedHashMap<>());
        };
    }

    private static Instruction ofLabels(String goal, OutputContract.Labels labels) {
        SequencedMap<String, String> surfaces = surfaces(labels);
        StringBuilder text = new StringBuilder(goal).append("\n\nThe possible answers are:\n");
        for (var label : labels.descriptions().entrySet()) {
            text.append("- ").append(surfaces.get(label.getKey()));
            if (!label.getValue().isBlank()) {
                text.append(": ").append(label.getValue());
            }
            text.append('\n');
        }
        return new Instruction(
                text.append("\nAnswer with one of them, word for word, and nothing else.")
                        .toString(),
                surfaces);
    }

    // Models read words better than identifiers; where that would make two labels equal, the identifiers stay.
    private static SequencedMap<String, String> surfaces(OutputContract.Labels labels) {
        SequencedMap<String, String> surfaces = new LinkedHashMap<>();
        for (String label : labels.descriptions().keySet()) {
            surfaces.put(label, label.replace('_', ' ').strip());
        }
        if (surfaces.values().stream().distinct().count() < surfaces.size()) {
            surfaces.replaceAll((label, surface) -> label);
        }
        return surfaces;
    }

    /** Returns what stands for an answer in a prompt. */
    String surface(String answer) {
        return surfaces.getOrDefault(answer, answer);
    }

    /** Returns the prompt for {@code input} after demonstrations, of which the first {@code staticOnes} are the same for every question. */
    public Prompt prompt(List<Demonstration> demonstrations, boolean staticDemonstrations, String input) {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(system));
        for (Demonstration demonstration : demonstrations) {
            messages.add(Message.user(demonstration.input()));
            messages.add(Message.assistant(surface(demonstration.answer())));
        }
        int fixed = staticDemonstrations ? messages.size() : 1;
        messages.add(Message.user(input));
        return new Prompt(messages, fixed);
    }

    public Json.Obj toJson() {
        Json.Obj words = Json.object();
        List<String> order = new ArrayList<>();
        for (var surface : surfaces.entrySet()) {
            words = words.with(surface.getKey(), Json.of(surface.getValue()));
            order.add(surface.getKey());
        }
        return Json.object("system", Json.of(system), "surfaces", words, "order", Json.strings(order));
    }

    public static Instruction fromJson(Json.Obj json) {
        SequencedMap<String, String> surfaces = new LinkedHashMap<>();
        Json.Obj words = json.object("surfaces");
        for (Json label : json.array("order")) {
            if (label instanceof Json.Str(String name)) {
                surfaces.put(name, words.string(name));
            }
        }
        return new Instruction(json.string("system"), surfaces);
    }
}
