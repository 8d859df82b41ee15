package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.json.JsonText;
import dev.rung.models.catalog.Availability;
import dev.rung.models.catalog.AvailabilityCheck;
import dev.rung.models.catalog.Catalog;
import dev.rung.models.catalog.CatalogEntry;
import dev.rung.models.catalog.Engine;
import dev.rung.models.catalog.ModelStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the models of the catalog, fetches the weights of local ones, and checks them. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "List the models and why some cannot be used here; fetch weights; check them.",
        footerHeading = "%nExamples:%n",
        footer = {"  rung models", "  rung models pull smollm2-135m", "  rung models verify"})
final class ModelsCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            defaultValue = "list",
            description = "${COMPLETION-CANDIDATES} (default: list)")
    private Action action = Action.list;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MODEL", description = "the model to pull or to verify")
    private @Nullable String model;

    ModelsCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    /** What to do, named as users type it. */
    enum Action {
        list,
        pull,
        verify
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            return switch (action) {
                case list -> list(wiring);
                case pull -> pull(wiring);
                case verify -> verify(wiring);
            };
        }
    }

    private int list(Wiring wiring) {
        List<CatalogEntry> entries = wiring.catalog().entries();
        if (globals.json()) {
            List<Json> models = new ArrayList<>();
            AvailabilityCheck check = wiring.shelf().check();
            entries.forEach(entry -> models.add(json(entry, check.of(entry))));
            screen.out().println(JsonText.pretty(Json.object("models", Json.array(models))));
            return ExitCode.MET.code();
        }
        Paint paint = screen.paint();
        Table table = new Table()
                .left("model")
                .left("kind")
                .left("runs")
                .right("context")
                .left("licence")
                .left("");
        AvailabilityCheck check = wiring.shelf().check();
        for (CatalogEntry entry : entries) {
            Table.Cell state = switch (check.of(entry)) {
                case Availability.Usable usable -> new Table.Cell("usable", paint::good);
                case Availability.Unusable unusable -> new Table.Cell(unusable.reason(), paint::open);
            };
            table.row(
                    new Table.Cell(entry.id().value(), paint::bold),
                    Table.Cell.of(lower(entry.kind())),
                    Table.Cell.of(entry.place() == Residency.LOCAL ? "here" : lower(entry.place())),
                    Table.Cell.of(Figures.count(entry.contextTokens())),
                    Table.Cell.of(entry.licence()),
                    state);
        }
        table.lines(screen.columns(), paint).forEach(screen.out()::println);
        screen.out().println();
        screen.out().println(paint.dim("weights lie in " + wiring.modelStore().folder()));
        return ExitCode.MET.code();
    }

    private static Json json(CatalogEntry entry, Availability availability) {
        return Json.object(
                        "model", Json.of(entry.id().value()),
                        "kind", Json.of(lower(entry.kind())),
                        "place", Json.of(lower(entry.place())),
                        "context_tokens", Json.of(entry.contextTokens()))
                .with(
                        "capabilities",
                        Json.strings(entry.capabilities().stream()
                                .map(ModelsCommand::lower)
                                .sorted()
                                .toList()))
                .with("licence", Json.of(entry.licence()))
                .with("outputs_may_train", Json.of(lower(entry.outputsMayTrain())))
                .with(
                        "retires",
                        Json.ofNullable(
                                entry.retires() == null ? null : entry.retires().toString()))
                .with("note", Json.of(entry.note()))
                .with("usable", Json.of(availability instanceof Availability.Usable))
                .with(
                        "reason",
                        availability instanceof Availability.Unusable unusable
                                ? Json.of(unusable.reason())
                                : Json.Nil.NULL);
    }

    private int pull(Wiring wiring) {
        CatalogEntry entry = wiring.catalog().require(required());
        Path file;
        try (ProgressLine progress = new ProgressLine(screen)) {
            file = wiring.pull(entry, new PullLine(progress, entry.id()));
        }
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(
                            Json.object("model", Json.of(entry.id().value()), "file", Json.of(file.toString()))));
        } else {
            screen.out().println(screen.paint().bold(entry.id().value()) + " is there: " + file);
        }
        return ExitCode.MET.code();
    }

    private ModelId required() {
        if (model == null) {
            throw new RungException.WrongInput(
                    "which model? rung models lists them; then for example: rung models pull smollm2-135m");
        }
        return new ModelId(model);
    }

    private int verify(Wiring wiring) {
        Catalog catalog = wiring.catalog();
        ModelStore store = wiring.modelStore();
        List<CatalogEntry> entries = model == null ? catalog.entries() : List.of(catalog.require(required()));
        List<Json> results = new ArrayList<>();
        boolean whole = true;
        for (CatalogEntry entry : entries) {
            if (!(entry.engine() instanceof Engine.Llama(var weights))
                    || (model == null && !store.has(entry.id(), weights))) {
                continue;
            }
            String said;
            boolean good;
            try {
                Sha256 hash = store.verified(entry.id(), weights);
                said = "sha256 " + hash.hex();
                good = true;
            } catch (RungException.Corrupt e) {
                said = String.valueOf(e.getMessage());
                good = false;
            }
            whole &= good;
            results.add(
                    Json.object("model", Json.of(entry.id().value()), "whole", Json.of(good), "detail", Json.of(said)));
            if (!globals.json()) {
                Paint paint = screen.paint();
                String mark = good ? paint.good("whole  ") : paint.bad("damaged");
                screen.out().println(mark + "  " + paint.bold(entry.id().value()) + "  " + said);
            }
        }
        if (globals.json()) {
            screen.out().println(JsonText.pretty(Json.object("models", Json.array(results))));
        } else if (results.isEmpty()) {
            screen.out().println("no weights were fetched yet: rung models pull smollm2-135m");
        }
        return (whole ? ExitCode.MET : ExitCode.WRONG_INPUT).code();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
