package dev.rung.gateway.relay;

import dev.rung.core.json.Json;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.ModelRoute;
import dev.rung.gateway.config.RelayPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an administrator may see of the routes as they are now: names and states, never a key. */
final class RelayView {
    private RelayView() {}

    static Json.Obj of(RelayPlan plan, Upstreams upstreams) {
        long now = System.nanoTime();
        Json.Obj models = Json.object();
        for (ModelRoute route : plan.models().values()) {
            List<Json> chain = new ArrayList<>();
            for (List<Deployment> link : route.chain()) {
                List<Json> deployments = new ArrayList<>();
                link.forEach(each -> deployments.add(deployment(each, upstreams, now)));
                chain.add(Json.array(deployments));
            }
            models = models.with(
                    route.name(),
                    Json.object("attempts", Json.of(route.attempts())).with("chain", Json.array(chain)));
        }
        return models;
    }

    private static Json.Obj deployment(Deployment deployment, Upstreams upstreams, long now) {
        KeyRing ring = upstreams.keys(deployment.upstream());
        Json.Obj shown = Json.object("deployment", Json.of(deployment.name()))
                .with("runs", Json.of(deployment.target().place().name().toLowerCase(Locale.ROOT)))
                .with("weight", Json.of(deployment.weight()));
        for (var member : upstreams.health(deployment).shown(now).members().entrySet()) {
            shown = shown.with(member.getKey(), member.getValue());
        }
        return shown.with("keys", Json.of(ring.size())).with("keys_resting", Json.of(ring.resting(now)));
    }
}
