package dev.rung.app.cli;

import dev.rung.app.wiring.AtExit;
import dev.rung.app.wiring.Logging;
import dev.rung.app.wiring.Serving;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.config.GatewayFile;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.gateway.ledger.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves every promoted release behind one endpoint, until it is stopped. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Serve the promoted releases and the models that run in this process, and pass other models on to their upstreams.",
        footerHeading = "%nExample:%n",
        footer = {
            "  rung serve --port 8080 --config gateway.yaml --log requests.jsonl",
            "  curl localhost:8080/v1/chat/completions -H 'content-type: application/json' \\",
            "    -d '{\"model\":\"support-routing\",\"messages\":[{\"role\":\"user\",\"content\":\"where is my parcel?\"}]}'"
        })
final class ServeCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "where to listen (default: ${DEFAULT-VALUE}, this machine only)")
    private String host = GatewayConfig.DEFAULTS.host();

    @Option(names = "--port", paramLabel = "PORT", description = "0 for any that is free (default: ${DEFAULT-VALUE})")
    private int port = GatewayConfig.DEFAULTS.port();

    @Option(
            names = "--durability",
            paramLabel = "HOW",
            description =
                    "async: requests are written down in batches, and a kill can lose the last 0.1 s of them; sync: each is on"
                            + " the disk before it ends. What was spent is never lost (default: async)")
    private Writing durability = Writing.async;

    @Option(
            names = "--drop-when-full",
            description =
                    "when requests cannot be written down as fast as they come: drop their rows, and count them (default: wait)")
    private boolean dropWhenFull;

    /** How requests are written down, named as users type it. */
    enum Writing {
        async,
        sync
    }

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "upstreams, models and limits (default: gateway.yaml in this folder or in the state folder, if there)")
    private @Nullable Path config;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "append a line of JSON for each request to FILE, - for the standard output (default: what log: in gateway.yaml says)")
    private @Nullable String log;

    ServeCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    @SuppressWarnings(
            "try") // a signal ends the process without leaving the block: the hook closes, a second close does nothing
    public Integer call() throws InterruptedException {
        StateFolder.require(globals.home());
        CountDownLatch stopped = new CountDownLatch(1);
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC());
                Serving serving = Serving.start(
                        wiring, GatewayConfig.DEFAULTS.at(host, port), file(), governed(), logging(), this::say)) {
            AtExit.first(() -> {
                serving.close();
                stopped.countDown();
            });
            tell(serving.port(), serving.releases(), serving.here(), serving.relayed());
            stopped.await();
        }
        return ExitCode.MET.code();
    }

    private Logging logging() {
        return new Logging(log, lines -> {
            screen.out().print(lines);
            screen.out().flush();
        });
    }

    private GovernanceConfig governed() {
        Durability kind = switch (durability) {
            case async -> Durability.ASYNC;
            case sync -> Durability.SYNC;
        };
        return new GovernanceConfig(
                new Durability(kind.sync(), kind.batch(), kind.rows(), kind.bytes(), !dropWhenFull),
                GovernanceConfig.DEFAULTS.unboundedOutput(),
                GovernanceConfig.DEFAULTS.names(),
                null);
    }

    private @Nullable Path file() {
        if (config != null) {
            return config;
        }
        return Stream.of(Path.of(GatewayFile.NAME), globals.home().resolve(GatewayFile.NAME))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    private void say(String line) {
        screen.err().println(line);
    }

    private void tell(int actual, Map<String, Release> releases, Set<String> here, Set<String> relayed) {
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + actual;
        if (globals.json()) {
            Json.Obj tasks = Json.object();
            for (Map.Entry<String, Release> release : releases.entrySet()) {
                tasks = tasks.with(
                        release.getKey(), Json.of(release.getValue().id().value()));
            }
            screen.out()
                    .println(Json.object("listening", Json.of(address), "tasks", tasks, "models", Json.strings(relayed))
                            .with("here", Json.strings(here))
                            .compact());
            return;
        }
        Paint paint = screen.paint();
        screen.out().println("listening on " + paint.bold(address) + "/v1");
        releases.forEach((task, release) -> screen.out()
                .println("  model " + paint.bold(task) + " is " + release.id() + " ("
                        + release.solution().rung().key() + ": "
                        + release.solution().name() + ")"));
        here.forEach(model -> screen.out().println("  model " + paint.bold(model) + " runs here"));
        relayed.forEach(model -> screen.out().println("  model " + paint.bold(model) + " is passed on"));
        if (releases.isEmpty()) {
            screen.out()
                    .println(
                            "  no task has a promoted release yet; one that is promoted while this runs is served at once");
        }
    }
}
