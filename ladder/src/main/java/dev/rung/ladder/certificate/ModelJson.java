package dev.rung.ladder.certificate;

import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelCard;
import java.time.LocalDate;
import java.util.List;

/** What a certificate says of a model: which weights, where, under which licence, at which dated price. */
final class ModelJson {
    private ModelJson() {}

    static Json.Obj of(ModelCard card) {
        LocalDate retires = card.retires();
        return Json.object(
                        "id", Json.of(card.id().value()),
                        "fingerprint", Json.of(card.fingerprint()),
                        "place", Json.of(card.place().name()),
                        "licence", Json.of(card.licence()))
                .with("outputs_may_train", Json.of(card.outputsMayTrain().name()))
                .with("retires", Json.ofNullable(retires == null ? null : retires.toString()))
                .with("pricing", pricing(card.pricing()));
    }

    private static Json.Obj pricing(Pricing pricing) {
        return switch (pricing) {
            case Pricing.Metered(List<Pricing.Tariff> tariffs) ->
                Json.object(
                        "tariffs",
                        Json.array(tariffs.stream().map(ModelJson::tariff).toList()));
            case Pricing.MachineTime(Usd perHour, LocalDate asOf, String source) ->
                Json.object(
                        "usd_per_hour", Json.of(perHour.amount()),
                        "as_of", Json.of(asOf.toString()),
                        "source", Json.of(source));
            case Pricing.Unpriced(String why) -> Json.object("unknown", Json.of(why));
        };
    }

    private static Json.Obj tariff(Pricing.Tariff tariff) {
        return Json.object(
                "from",
                Json.of(tariff.from().toString()),
                "source",
                Json.of(tariff.source()),
                "meters",
                Json.array(tariff.meters().stream()
                        .map(meter -> Json.object(
                                "pointer", Json.of(meter.pointer()),
                                "less", Json.strings(meter.less()),
                                "usd_per_million", Json.of(meter.perMillion().amount()),
                                "optional", Json.of(meter.optional())))
                        .toList()));
    }
}
