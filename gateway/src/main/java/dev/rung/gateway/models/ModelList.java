package dev.rung.gateway.models;

import dev.rung.core.model.LocalModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.rung.Release;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.ModelRoute;
import dev.rung.gateway.config.RelayPlan;
import dev.rung.gateway.config.Upstream;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.route.Releases;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;

/** What answers just now: the tasks with a promoted release, and then the models that are relayed. Thread-safe. */
public final class ModelList {
    private final Releases releases;
    private final Supplier<RelayPlan> plan;
    private final Supplier<? extends Map<String, LocalModel>> here;

    /**
     * Lists what these hold whenever it is asked for.
     *
     * @param plan which models are relayed
     * @param here the models that can be asked in this process, by name
     */
    public ModelList(Releases releases, Supplier<RelayPlan> plan, Supplier<? extends Map<String, LocalModel>> here) {
        this.releases = releases;
        this.plan = plan;
        this.here = here;
    }

    /** Returns everything by name, tasks first and sorted, models in the order of the configuration. */
    public SequencedMap<String, Listed> all() {
        SequencedMap<String, Listed> all = new LinkedHashMap<>();
        for (Map.Entry<String, Release> promoted : releases.promoted().entrySet()) {
            String name = promoted.getKey();
            all.put(name, new Listed(name, promoted.getValue().created(), Set.of(Operation.GENERATE), null));
        }
        Map<String, LocalModel> local = here.get();
        for (ModelRoute route : plan.get().models().values()) {
            all.putIfAbsent(route.name(), of(route, local));
        }
        return all;
    }

    private static Listed of(ModelRoute route, Map<String, LocalModel> here) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        Integer context = null;
        for (Deployment deployment : route.chain().getFirst()) {
            LocalModel local = deployment.upstream().isHere()
                    ? here.get(deployment.target().model())
                    : null;
            operations.addAll(local == null ? spoken(deployment.upstream()) : computed(local.kind()));
            if (local != null) {
                context = context == null ? local.contextTokens() : Math.min(context, local.contextTokens());
            }
        }
        boolean alone = route.chain().getFirst().stream()
                .allMatch(each -> each.upstream().isHere());
        return new Listed(route.name(), Instant.EPOCH, operations, alone ? context : null);
    }

    private static Set<Operation> computed(ModelCard.Kind kind) {
        return switch (kind) {
            case GENERATIVE -> EnumSet.of(Operation.GENERATE, Operation.COUNT_TOKENS);
            case ENCODER -> EnumSet.of(Operation.EMBED);
        };
    }

    private static Set<Operation> spoken(Upstream upstream) {
        Set<Operation> operations = EnumSet.of(Operation.GENERATE);
        List<Dialect> dialects = upstream.dialects();
        if (dialects.contains(Dialect.OPENAI) || dialects.contains(Dialect.GEMINI)) {
            operations.add(Operation.EMBED);
        }
        if (dialects.stream().anyMatch(each -> each != Dialect.OPENAI)) {
            operations.add(Operation.COUNT_TOKENS);
        }
        return operations;
    }
}
