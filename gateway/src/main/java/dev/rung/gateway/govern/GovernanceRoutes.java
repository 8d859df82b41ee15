package dev.rung.gateway.govern;

import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.http.Route;
import dev.rung.gateway.keys.Caller;
import dev.rung.gateway.policy.Credential;
import java.util.List;
import java.util.Map;

/** What an administrator can look at: metrics for Prometheus, and what is going on. Where there are keys, it takes one that is an administrator's. */
final class GovernanceRoutes {
    private GovernanceRoutes() {}

    static List<Route> of(Governance governance) {
        return List.of(
                Route.get("/metrics", call -> {
                    administrator(governance, call);
                    return new Reply.Whole(
                            200,
                            Map.of("content-type", "text/plain; version=0.0.4; charset=utf-8"),
                            governance.metrics(),
                            null,
                            null);
                }),
                Route.get("/debug", call -> {
                    administrator(governance, call);
                    return Reply.Whole.ok(governance.debug().compact());
                }));
    }

    private static void administrator(Governance governance, Call call) {
        Caller caller = governance.caller(Credential.of(call.headers(), call.query()));
        if (caller.key() != null && !caller.administrator()) {
            throw new Refused(Refusal.of(
                    403, "not_an_administrator", "This takes a key that was made with rung keys create NAME --admin."));
        }
    }
}
