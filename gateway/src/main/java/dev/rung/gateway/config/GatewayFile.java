package dev.rung.gateway.config;

import dev.rung.core.RungException;
import dev.rung.json.YamlDocument;
import dev.rung.json.spec.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads a configuration file. */
public final class GatewayFile {
    /** The name under which it is looked for. */
    public static final String NAME = "gateway.yaml";

    private GatewayFile() {}

    /**
     * Returns what {@code file} says.
     *
     * @param environment where the keys of upstreams are found
     * @param local the names of the models that this process can run, once their weights are here
     * @throws RungException.WrongInput with every problem: file, line, key, what was found, what was expected
     */
    public static GatewaySettings read(Path file, Map<String, String> environment, Set<String> local) {
        return read(YamlDocument.read(file), environment, local);
    }

    static GatewaySettings read(YamlDocument document, Map<String, String> environment, Set<String> local) {
        Problems problems = new Problems("docs/schema/gateway.schema.json");
        GatewaySpec spec = new GatewaySpecReader(problems).read(document.root());
        GatewaySettings settings = spec == null
                ? GatewaySettings.DEFAULTS
                : new GatewayResolver(environment, local, problems).resolve(spec);
        if (problems.any()) {
            throw problems.refusal();
        }
        return settings;
    }
}
