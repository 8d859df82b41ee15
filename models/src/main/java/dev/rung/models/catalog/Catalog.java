package dev.rung.models.catalog;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.model.ModelId;
import dev.rung.json.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * All models known here: those that Rung ships, and those of the user's own {@code models.yaml}, which wins where both name one.
 *
 * @param entries in the order of the files
 * @param machine what an hour on this machine costs
 */
public record Catalog(List<CatalogEntry> entries, Pricing.MachineTime machine) {
    public Catalog {
        entries = List.copyOf(entries);
    }

    /** Returns the models that Rung ships. */
    public static Catalog shipped() {
        return merged(CatalogFile.shipped(), null);
    }

    /**
     * Returns the models that Rung ships and those of {@code models}.
     *
     * @throws RungException.WrongInput with file and line when something in it is wrong
     */
    public static Catalog with(Path models) {
        return merged(CatalogFile.shipped(), CatalogFile.read(models));
    }

    /** Returns the catalog with the user's file, if there is one: {@code models.yaml} in the state folder, or else in the user's configuration folder. */
    public static Catalog load(Path state, Map<String, String> environment) {
        return userFile(state, environment).map(Catalog::with).orElseGet(Catalog::shipped);
    }

    /** Returns the user's own file, if there is one. */
    public static Optional<Path> userFile(Path state, Map<String, String> environment) {
        Path inState = state.resolve("models.yaml");
        if (Files.exists(inState)) {
            return Optional.of(inState);
        }
        Path inConfiguration = UserFolders.configuration(environment).resolve("rung/models.yaml");
        return Files.exists(inConfiguration) ? Optional.of(inConfiguration) : Optional.empty();
    }

    /** Returns the model of that name. */
    public Optional<CatalogEntry> find(ModelId id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** Returns the model of that name, which must be there. */
    public CatalogEntry require(ModelId id) {
        return find(id).orElseThrow(() -> new RungException.WrongInput("found the model \"" + id
                + "\", expected one of "
                + entries.stream().map(e -> e.id().value()).toList()
                + ". Correct the name, or add the model to models.yaml"));
    }

    private static Catalog merged(CatalogFile shipped, @Nullable CatalogFile own) {
        SequencedMap<String, EntryKeys> models = new LinkedHashMap<>();
        shipped.models().forEach((id, entry) -> models.put(id, EntryKeys.of(shipped.folder(), entry)));
        Yaml.Mapping machine = shipped.machine();
        if (own != null) {
            own.models().forEach((id, entry) -> {
                EntryKeys keys = EntryKeys.of(own.folder(), entry);
                EntryKeys base = models.get(id);
                models.put(id, base == null ? keys : base.overlaid(keys));
            });
            machine = own.machine() == null ? machine : own.machine();
        }
        if (machine == null) {
            throw new IllegalStateException("the shipped catalog prices the machine");
        }
        Pricing.MachineTime hour = Prices.machineTime(machine);
        List<CatalogEntry> entries = new ArrayList<>();
        models.forEach((id, keys) -> entries.add(new EntryReader(new ModelId(id), keys, hour).read()));
        return new Catalog(entries, hour);
    }
}
