package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a climb has to say to people and to programs: what {@code climb --json} prints, what is kept with the climb, and what its report shows.
 *
 * @param took the time of the run that finished the climb
 * @param proof what the decision rests on
 */
public record ClimbSummary(
        Asked asked,
        Conclusion conclusion,
        List<LadderLine> ladder,
        DataSummary data,
        Proof proof,
        Instant started,
        Duration took) {
    public ClimbSummary {
        ladder = List.copyOf(ladder);
    }

    /** Returns the line of the candidate that won, if one did. */
    public LadderLine.@Nullable Tried winner() {
        for (LadderLine line : ladder) {
            if (line instanceof LadderLine.Tried tried && tried.number() == conclusion.candidate()) {
                return conclusion.outcome() == Conclusion.Outcome.MET ? tried : null;
            }
        }
        return null;
    }

    /** Returns the candidates that were tried, in order. */
    public List<LadderLine.Tried> tried() {
        return ladder.stream()
                .filter(LadderLine.Tried.class::isInstance)
                .map(LadderLine.Tried.class::cast)
                .toList();
    }

    /** Returns the summary as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        Json.Obj json = Json.object("task", Json.of(asked.task()));
        json = conclusion.writeTo(json);
        return json.with("asked", asked.toJson())
                .with(
                        "candidates",
                        Json.array(ladder.stream().map(LadderLine::toJson).toList()))
                .with("data", data.toJson())
                .with("proof", proof.toJson())
                .with("started", Json.of(started.toString()))
                .with("seconds", Json.of(took.toNanos() / 1e9));
    }

    public static ClimbSummary fromJson(Json.Obj json) {
        return new ClimbSummary(
                Asked.fromJson(json.string("task"), json.object("asked")),
                Conclusion.fromJson(json),
                json.array("candidates").stream()
                        .map(line -> LadderLine.fromJson((Json.Obj) line))
                        .toList(),
                DataSummary.fromJson(json.object("data")),
                Proof.fromJson(json.object("proof")),
                Instant.parse(json.string("started")),
                Fields.seconds(json, "seconds"));
    }
}
