package dev.rung.bench.engine;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import de.kherud.llama.args.Sampler;
import java.nio.file.Path;

/** The JNI class in the jar that Rung takes the native library from: llama.cpp's server without its HTTP, with the cheapest greedy sampling it offers. */
final class JniContestant implements Contestant {
    private final LlamaModel model;

    JniContestant(Path file, int threads) {
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
        model = new LlamaModel(new ModelParameters()
                .setModel(file.toString())
                .setCtxSize(EngineSpeed.CONTEXT)
                .setThreads(threads)
                .setThreadsBatch(threads)
                .setGpuLayers(0)
                .setParallel(1)
                .disableLog());
    }

    @Override
    public String name() {
        return "JNI class";
    }

    private static InferenceParameters greedy(String text, int tokens) {
        return new InferenceParameters(text)
                .setNPredict(tokens)
                .setCachePrompt(false)
                .setIgnoreEos(true)
                .setSamplers(Sampler.TOP_K)
                .setTopK(1)
                .setTemperature(0);
    }

    @Override
    public Spent read(String text) {
        Spent start = Spent.now();
        model.complete(greedy(text, 1));
        return Spent.now().since(start);
    }

    @Override
    public Spent decode(String text, int tokens) {
        Pieces pieces = new Pieces();
        int made = 0;
        for (LlamaOutput output : model.generate(greedy(text, tokens))) {
            if (!output.text.isEmpty()) {
                pieces.arrived();
                made++;
            }
        }
        return pieces.each(made);
    }

    @Override
    public void close() {
        model.close();
    }
}
