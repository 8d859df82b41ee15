package dev.rung.ladder.distil;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Rung;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.climb.Validated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows that nobody had labelled, with the labels that a solution gave them which passed before: only those that it is sure of, and only from models whose terms and
 * whose place allow it.
 *
 * <p>How sure it must be is read off {@code calibrate}: the lowest confidence above which it is right there in {@value #RIGHT} of cases (self-training with a
 * confidence threshold; Scudder 1965, Yarowsky 1995). Such rows are learned from and nothing else: they never tune, calibrate or certify.
 *
 * @param rows the labelled rows, in the order of the data
 * @param origin where the labels come from: release, solution, models, threshold and how many of how many
 */
record TaughtRows(List<Example> rows, Json.Obj origin) {
    private static final double RIGHT = 0.95;
    private static final int LEAST_KEPT = 20;
    private static final int MOST_ROWS_OF_A_STUDENT = 20_000;
    private static final int MOST_ROWS_OF_A_MODEL = 2_000;

    static final TaughtRows NONE = new TaughtRows(List.of(), Json.object());

    TaughtRows {
        rows = List.copyOf(rows);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the unlabelled rows of {@code site} that its validated solution labels; none where there is no such solution. */
    static TaughtRows of(Site site, OutputContract.Labels labels) {
        Validated validated = site.validated();
        if (validated == null || site.unlabelled().isEmpty()) {
            return NONE;
        }
        double threshold = threshold(site, validated);
        if (Double.isNaN(threshold)) {
            return NONE;
        }
        int most = validated.solver().solution().rung() == Rung.DISTIL ? MOST_ROWS_OF_A_STUDENT : MOST_ROWS_OF_A_MODEL;
        List<Example> asked =
                site.unlabelled().subList(0, Math.min(most, site.unlabelled().size()));
        List<Example> kept = new ArrayList<>();
        TreeSet<String> models = new TreeSet<>();
        for (Example row : asked) {
            if (kept.size() % 64 == 0) {
                site.progress().at("labelling rows with " + validated.release(), kept.size(), asked.size());
            }
            Answer answer = validated.solver().answer(row.input());
            if (answer.confidence() >= threshold
                    && answer.output() instanceof Output.Label label
                    && labels.descriptions().containsKey(label.name())
                    && mayTeach(answer, validated, site.task().data())) {
                kept.add(new Example(row.id(), row.cluster(), row.input(), label, row.columns()));
                answer.provenance().models().forEach(model -> models.add(model.value()));
            }
        }
        Json.Obj origin = Json.object(
                        "release", Json.of(validated.release().value()),
                        "solution", Json.of(validated.solver().solution().hash().hex()),
                        "models", Json.strings(models),
                        "least_confidence", Json.of(threshold))
                .with("unlabelled", Json.of(asked.size()))
                .with("labelled", Json.of(kept.size()))
                .with("rows", Json.of(hash(kept).hex()));
        return kept.isEmpty() ? NONE : new TaughtRows(kept, origin);
    }

    // Every model that had a part in the answer must be known, run where the data may go, and have terms that allow it.
    private static boolean mayTeach(Answer answer, Validated validated, Residency data) {
        Map<ModelId, ModelCard> cards = new HashMap<>();
        validated.models().forEach(card -> cards.put(card.id(), card));
        for (ModelId id : answer.provenance().models()) {
            ModelCard card = cards.get(id);
            if (card == null
                    || card.outputsMayTrain() != ModelCard.OutputsMayTrain.YES
                    || !data.permits(card.place())) {
                return false;
            }
        }
        return true;
    }

    /** Returns the lowest confidence at and above which the solution is right often enough on {@code calibrate}; not a number where there is none. */
    private static double threshold(Site site, Validated validated) {
        record Judged(double confidence, boolean right) {}
        List<Judged> judged = new ArrayList<>();
        for (Example row : site.calibrate()) {
            Answer answer = validated.solver().answer(row.input());
            if (!Double.isNaN(answer.confidence())) {
                judged.add(new Judged(answer.confidence(), answer.output().equals(row.label())));
            }
        }
        judged.sort(Comparator.comparingDouble(Judged::confidence).reversed());
        double threshold = Double.NaN;
        int right = 0;
        for (int i = 0; i < judged.size(); i++) {
            right += judged.get(i).right() ? 1 : 0;
            boolean lastOfTie = i + 1 == judged.size()
                    || judged.get(i + 1).confidence() < judged.get(i).confidence();
            if (lastOfTie && i + 1 >= LEAST_KEPT && right >= RIGHT * (i + 1)) {
                threshold = judged.get(i).confidence();
            }
        }
        return threshold;
    }

    private static Sha256 hash(List<Example> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(Json.strings(List.of(
                                row.id().toString(), row.input(), row.label().text()))
                        .canonical())
                .append('\n'));
        return Sha256.of(text.toString());
    }

    /** Returns where the labels come from, or null where there are none: for a recipe. */
    Json.@Nullable Obj provenance() {
        return isEmpty() ? null : origin;
    }
}
