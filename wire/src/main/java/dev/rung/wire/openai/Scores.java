package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.TokenScore;
import java.util.ArrayList;
import java.util.List;

/** Log probabilities of tokens. */
public final class Scores {
    private Scores() {}

    /** Reads an array of tokens with {@code top_logprobs}. */
    public static List<TokenScore> read(List<Json> tokens) {
        List<TokenScore> scores = new ArrayList<>(tokens.size());
        for (Json token : tokens) {
            if (token instanceof Json.Obj object
                    && object.get("token") instanceof Json.Str(String text)
                    && object.get("logprob") instanceof Json.Num logprob) {
                List<Json> top = object.get("top_logprobs") instanceof Json.Arr(List<Json> items) ? items : List.of();
                scores.add(new TokenScore(text, logprob, object.get("bytes"), read(top)));
            }
        }
        return scores;
    }

    /** Writes tokens; those at the same place are one level deep. */
    public static List<Json> write(List<TokenScore> scores) {
        List<Json> tokens = new ArrayList<>(scores.size());
        for (TokenScore score : scores) {
            List<Json> top = new ArrayList<>(score.top().size());
            for (TokenScore other : score.top()) {
                top.add(one(other).build());
            }
            tokens.add(one(score).put("top_logprobs", top).build());
        }
        return tokens;
    }

    private static Members one(TokenScore score) {
        Json bytes = score.bytes() == null ? Json.Nil.NULL : score.bytes();
        return new Members()
                .put("token", score.token())
                .put("logprob", score.logprob())
                .put("bytes", bytes);
    }
}
