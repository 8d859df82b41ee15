package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelId;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.config.GatewayFollower;
import dev.rung.gateway.config.GatewaySettings;
import dev.rung.gateway.config.RelayPlan;
import dev.rung.gateway.govern.Governance;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.gateway.govern.TargetPrices;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.log.JsonLines;
import dev.rung.gateway.observe.GenAiNames;
import dev.rung.gateway.observe.Spans;
import dev.rung.gateway.policy.Target;
import dev.rung.gateway.relay.Relay;
import dev.rung.gateway.route.Releases;
import dev.rung.gateway.route.Served;
import dev.rung.ladder.certificate.CertifiedTask;
import dev.rung.models.ModelRack;
import dev.rung.models.catalog.CatalogEntry;
import dev.rung.models.catalog.Engine;
import dev.rung.models.egress.RelayEgress;
import dev.rung.models.embed.CachedEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that answers from whatever is promoted in the ledger, also when another process promotes while it runs. Thread-safe.
 */
public final class Serving implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Wiring wiring;
    private final Releases releases = new Releases();
    private final Map<TaskName, ReleaseId> served = new HashMap<>();
    private final Set<ReleaseId> refused = new HashSet<>();
    private final Consumer<String> say;
    private final @Nullable Collector collector;
    private final Governance governance;
    private final @Nullable GatewayFollower configuration;
    private final ModelRack rack;
    private final LocalUpstream local;
    private final Relay relay;
    private final Logging logging;
    private final JsonLines lines;
    private final Gateway gateway;
    private final Thread watcher;
    private Set<String> here;

    private Serving(
            Wiring wiring,
            GatewayConfig config,
            @Nullable Path file,
            GovernanceConfig governed,
            Logging logging,
            Consumer<String> say) {
        this.wiring = wiring;
        this.say = say;
        this.configuration = file == null
                ? null
                : new GatewayFollower(file, wiring.environment(), localNames(wiring), this::take, say);
        GatewaySettings settings = configuration == null ? GatewaySettings.DEFAULTS : configuration.settings();
        ImportedPrices prices = new ImportedPrices(wiring.home(), say);
        Map<String, String> environment = wiring.environment();
        this.collector = Collector.of(environment).orElse(null);
        GenAiNames names = GenAiNames.of(environment);
        Spans spans = collector == null ? null : new Spans(names, Collector.share(environment), collector);
        this.governance = Governance.open(
                wiring.home(),
                new GovernanceConfig(governed.durability(), governed.unboundedOutput(), names, spans),
                new TargetPrices(this::catalogPrice, prices::books));
        this.rack = wiring.rack(this::encoder);
        this.local = new LocalUpstream(rack);
        local.queue(settings.localQueue());
        this.here = local.available().keySet();
        this.relay = new Relay(
                settings.plan().andHere(here),
                governance,
                RelayEgress.open(environment, settings.limits().inFlight()),
                local);
        this.logging = logging;
        this.lines = new JsonLines(logging.sink(settings.log(), file == null ? wiring.home() : folder(file)));
        show();
        boolean started = false;
        try {
            follow();
            GatewayConfig bounded = configuration == null ? config : config.within(settings.limits());
            this.gateway = Gateway.start(bounded, releases, relay, governance, lines);
            started = true;
        } finally {
            if (!started) {
                closeParts();
            }
        }
        this.watcher = Thread.ofVirtual().name("promotions").start(this::watch);
    }

    /**
     * Loads every promoted release, then listens.
     *
     * @param file the configuration of upstreams and models, which is followed while it changes; null for none
     * @param say told of releases that come and go, a line each
     * @param logging where a line for each request goes
     * @param governed how requests are governed, as far as it is not in the rules
     * @throws RungException.Unavailable if the address cannot be listened on, or another server governs with the same state folder
     * @throws RungException.WrongInput if the configuration is wrong
     */
    public static Serving start(
            Wiring wiring,
            GatewayConfig config,
            @Nullable Path file,
            GovernanceConfig governed,
            Logging logging,
            Consumer<String> say) {
        return new Serving(wiring, config, file, governed, logging, say);
    }

    // Models of the catalog have prices there; whatever else answers is looked up in the imported books.
    private Optional<Pricing> catalogPrice(Target target) {
        String name = target.price() == null ? target.model() : target.price();
        return target.isRelease() || name.isBlank()
                ? Optional.empty()
                : wiring.catalog()
                        .find(new ModelId(name))
                        .map(CatalogEntry::pricing)
                        .filter(pricing -> pricing instanceof Pricing.Metered);
    }

    public int port() {
        return gateway.port();
    }

    /** Returns what is served, by task. */
    public SequencedMap<String, Release> releases() {
        return releases.promoted();
    }

    /** Returns the names of the models that are passed on. */
    public Set<String> relayed() {
        Set<String> names = new TreeSet<>(relay.plan().models().keySet());
        names.removeAll(here());
        return names;
    }

    /** Returns the names of the models that run in this process and answer under their own names. */
    public Set<String> here() {
        Set<String> names = new TreeSet<>();
        relay.plan().models().forEach((name, route) -> {
            if (route.isHere()) {
                names.add(name);
            }
        });
        return names;
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }

    // What an administrator sees beside what governance knows.
    private void show() {
        governance.show("models", relay::shown);
        governance.show("local_lines", local::lines);
        governance.show("releases", () -> {
            Json.Obj all = Json.object();
            for (Map.Entry<String, Release> each : releases.promoted().entrySet()) {
                all = all.with(each.getKey(), Json.of(each.getValue().id().value()));
            }
            return all;
        });
        GatewayFollower file = configuration;
        if (file != null) {
            governance.show(
                    "configuration",
                    () -> Json.object(
                            "file", Json.of(file.file().toString()),
                            "problem", Json.ofNullable(file.problem()),
                            "restart_needed", Json.strings(gateway.later())));
        }
        governance.show(
                "log",
                () -> Json.object(
                        "lines_waiting", Json.of(lines.waiting()), "lines_dropped", Json.of(lines.dropped())));
        governance.gauge("rung_log_lines_dropped", "Lines of the request log that were dropped.", lines::dropped);
    }

    private void take(GatewaySettings settings) {
        local.queue(settings.localQueue());
        relay.follow(settings.plan().andHere(here));
        if (configuration != null) {
            lines.follow(logging.sink(settings.log(), folder(configuration.file())));
            for (String name : gateway.follow(settings.limits())) {
                say.accept(configuration.file() + ": " + name + ": taken up at the next start");
            }
        }
    }

    /** Returns the names of the models that could run in this process, were their weights here. */
    private static Set<String> localNames(Wiring wiring) {
        Set<String> names = new TreeSet<>();
        for (CatalogEntry entry : wiring.catalog().entries()) {
            if (!(entry.engine() instanceof Engine.OpenAi)) {
                names.add(entry.id().value());
            }
        }
        return names;
    }

    // Weights that are pulled while this runs are served at once.
    private void lookForWeights() {
        Set<String> now = local.available().keySet();
        if (!now.equals(here)) {
            here = now;
            RelayPlan plan = configuration == null
                    ? RelayPlan.NONE
                    : configuration.settings().plan();
            relay.follow(plan.andHere(now));
        }
    }

    // The one that releases use, without its memory on the disk: what callers send is kept by the rules of governance
    // alone.
    private synchronized Encoder encoder() {
        return wiring.encoder() instanceof CachedEncoder cached ? cached.uncached() : wiring.encoder();
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return; // closed
            }
            follow();
            lookForWeights();
            if (configuration != null) {
                configuration.look();
                boolean wrong = configuration.problem() != null;
                if (wrong != (relay.misconfiguredSince() != null)) {
                    relay.misconfiguredSince(wrong ? Instant.now() : null);
                }
            }
        }
    }

    // A release that cannot be loaded leaves the one before in place, and is not tried again every second.
    private synchronized void follow() {
        Map<TaskName, Release> wanted = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        wiring.ledger().releases().all().forEach(release -> wanted.put(release.task(), release));
        for (TaskName task : wanted.keySet()) {
            wiring.ledger().releases().promoted(task).ifPresent(this::serve);
        }
    }

    private void serve(Release release) {
        if (release.id().equals(served.get(release.task())) || refused.contains(release.id())) {
            return;
        }
        try {
            Task task = CertifiedTask.read(wiring.ledger().releases().folder(release.id()));
            releases.promote(new Served(release, task, wiring.load(release, task)));
            say.accept(release.id() + " answers for " + release.task());
            served.put(release.task(), release.id());
        } catch (RungException e) {
            refused.add(release.id());
            say.accept("cannot serve " + release.id() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        gateway.close();
        closeParts();
        releases.close();
    }

    private void closeParts() {
        relay.close();
        rack.close();
        governance.close();
        lines.close();
        if (collector != null) {
            collector.close();
        }
    }
}
