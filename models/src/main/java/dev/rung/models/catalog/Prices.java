package dev.rung.models.catalog;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.json.Yaml;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads prices that satisfy the schema. */
final class Prices {
    private Prices() {}

    static Pricing.MachineTime machineTime(Yaml.Mapping yaml) {
        Json.Obj json = object(yaml);
        return new Pricing.MachineTime(
                usd(json.string("per_hour")), date(yaml, json.string("as_of")), json.string("source"));
    }

    static Pricing.Metered metered(Yaml.Sequence yaml) {
        List<Pricing.Tariff> tariffs = new ArrayList<>();
        for (Yaml item : yaml.items()) {
            Json.Obj tariff = object(item);
            List<Pricing.Meter> meters = new ArrayList<>();
            for (Json meter : tariff.array("meters")) {
                meters.add(meter((Json.Obj) meter));
            }
            tariffs.add(new Pricing.Tariff(date(item, tariff.string("from")), tariff.string("source"), meters));
        }
        return new Pricing.Metered(tariffs);
    }

    private static Pricing.Meter meter(Json.Obj meter) {
        List<String> less = new ArrayList<>();
        if (meter.get("less") instanceof Json.Arr(List<Json> pointers)) {
            pointers.forEach(pointer -> less.add(((Json.Str) pointer).value()));
        }
        boolean optional = meter.get("optional") instanceof Json.Bool(boolean value) && value;
        return new Pricing.Meter(meter.string("count"), less, usd(meter.string("per_million")), optional);
    }

    static LocalDate date(Yaml at, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw RungException.WrongInput.at(
                    at.place().toString(), "the date " + text, "a day that exists", "Correct it");
        }
    }

    private static Usd usd(String text) {
        return Usd.of(text.substring(1));
    }

    static Json.Obj object(Yaml yaml) {
        if (yaml.json() instanceof Json.Obj object) {
            return object;
        }
        throw new IllegalStateException("the schema lets only an object through at " + yaml.place());
    }
}
