package dev.rung.models.llama;

import java.util.List;

/** Every label scored in full and alone: the reference for {@link LabelSearch}. Confined to the session's thread. */
final class EachLabel {
    private final PromptReader prompt;
    private final Vocabulary vocabulary;
    private final int end;

    EachLabel(PromptReader prompt, Vocabulary vocabulary, int end) {
        this.prompt = prompt;
        this.vocabulary = vocabulary;
        this.end = end;
    }

    /** Returns ln P per label; the prompt has been read. */
    double[] score(List<String> labels) {
        float[] first = prompt.logits().clone();
        double[] scores = new double[labels.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(vocabulary.tokens(labels.get(i)), first);
        }
        return scores;
    }

    private double score(int[] tokens, float[] first) {
        if (tokens.length == 0) {
            return first[end] - LogSoftmax.normalizer(first);
        }
        DecodeContext context = prompt.context();
        int sequence = 1;
        context.share(0, sequence, prompt.position());
        for (int i = 0; i < tokens.length; i++) {
            context.add(tokens[i], prompt.position() + i, sequence, true);
        }
        context.decode();
        double sum = first[tokens[0]] - LogSoftmax.normalizer(first);
        for (int i = 0; i < tokens.length; i++) {
            context.logits(i, prompt.logits());
            int next = i + 1 < tokens.length ? tokens[i + 1] : end;
            sum += prompt.logits()[next] - LogSoftmax.normalizer(prompt.logits());
        }
        context.forget(sequence, 0);
        return sum;
    }
}
