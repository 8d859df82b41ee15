package dev.rung.core.rung;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * An immutable recipe for answering a task.
 *
 * @param name for people, such as {@code smollm2-135m, 8 nearest}
 * @param kind which rung's package reads the recipe, such as {@code prompt} or {@code student}
 * @param recipe all that is needed to answer, but for the artifacts
 * @param artifacts files that belong to it, by name, each with its hash
 */
public record Solution(Rung rung, String name, String kind, Json.Obj recipe, SequencedMap<String, Sha256> artifacts) {
    public Solution {
        artifacts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(artifacts));
    }

    /** Returns the solution as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        Json.Obj files = Json.object();
        for (var artifact : artifacts.entrySet()) {
            files = files.with(artifact.getKey(), Json.of(artifact.getValue().hex()));
        }
        return Json.object("rung", Json.of(rung.name()), "name", Json.of(name), "kind", Json.of(kind), "recipe", recipe)
                .with("artifacts", files);
    }

    public static Solution fromJson(Json.Obj json) {
        SequencedMap<String, Sha256> files = new LinkedHashMap<>();
        Json.Obj artifacts = json.object("artifacts");
        for (String file : artifacts.members().keySet()) {
            files.put(file, new Sha256(artifacts.string(file)));
        }
        return new Solution(
                Rung.valueOf(json.string("rung")),
                json.string("name"),
                json.string("kind"),
                json.object("recipe"),
                files);
    }

    /** Returns the hash of everything that determines its answers. */
    public Sha256 hash() {
        return Sha256.of(toJson().canonical());
    }
}
