package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.TokenScore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log probabilities of tokens: the chosen ones, and beside them the most probable at each place. */
final class Scores {
    private Scores() {}

    static List<TokenScore> read(Json.@Nullable Obj result) {
        List<TokenScore> scores = new ArrayList<>();
        if (result == null || !(result.get("chosenCandidates") instanceof Json.Arr(List<Json> chosen))) {
            return scores;
        }
        List<Json> places = result.get("topCandidates") instanceof Json.Arr(List<Json> items) ? items : List.of();
        for (int i = 0; i < chosen.size(); i++) {
            List<TokenScore> top = new ArrayList<>();
            if (i < places.size()
                    && places.get(i) instanceof Json.Obj place
                    && place.get("candidates") instanceof Json.Arr(List<Json> candidates)) {
                for (Json candidate : candidates) {
                    add(candidate, List.of(), top);
                }
            }
            add(chosen.get(i), top, scores);
        }
        return scores;
    }

    private static void add(Json token, List<TokenScore> top, List<TokenScore> to) {
        if (token instanceof Json.Obj object
                && object.get("token") instanceof Json.Str(String text)
                && object.get("logProbability") instanceof Json.Num logprob) {
            to.add(new TokenScore(text, logprob, null, top));
        }
    }

    static Json.Obj write(List<TokenScore> scores) {
        List<Json> chosen = new ArrayList<>(scores.size());
        List<Json> places = new ArrayList<>(scores.size());
        for (TokenScore score : scores) {
            chosen.add(one(score));
            places.add(Json.object(
                    "candidates",
                    Json.array(score.top().stream().map(Scores::one).toList())));
        }
        return new Members()
                .put("chosenCandidates", chosen)
                .put("topCandidates", places)
                .build();
    }

    private static Json.Obj one(TokenScore score) {
        return new Members()
                .put("token", score.token())
                .put("logProbability", score.logprob())
                .build();
    }
}
