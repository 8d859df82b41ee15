package dev.rung.bench.engine;

import dev.rung.models.llama.GenerationOptions;
import dev.rung.models.llama.LlamaModel;
import dev.rung.models.llama.LlamaSession;
import dev.rung.models.llama.SessionOptions;
import java.nio.file.Path;

/** Rung's own engine, as a climb and a release use it, but for the fixed number of threads. */
final class RungContestant implements Contestant {
    private final LlamaModel model;
    private final LlamaSession session;

    RungContestant(Path file, int threads) {
        model = LlamaModel.load(file);
        session = model.open(new SessionOptions(EngineSpeed.CONTEXT, threads));
    }

    @Override
    public String name() {
        return "Rung";
    }

    @Override
    public Spent read(String text) {
        int[] tokens = model.tokens(text);
        Spent start = Spent.now();
        session.generate(tokens, GenerationOptions.greedy(1), piece -> {});
        return Spent.now().since(start);
    }

    @Override
    public Spent decode(String text, int tokens) {
        Pieces pieces = new Pieces();
        int made = session.generate(model.tokens(text), GenerationOptions.greedy(tokens), piece -> pieces.arrived())
                .tokens();
        return pieces.each(made);
    }

    int tokens(String text) {
        return model.tokens(text).length;
    }

    @Override
    public void close() {
        model.close();
    }
}
