package dev.rung.models.llama;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The label search's view of a context: every path that is read gets a sequence of its own, which shares its parent's. Closing forgets them all. Confined to
 * the session's thread.
 */
final class LabelPaths implements LabelSearch.PathReader, AutoCloseable {
    private final PromptReader prompt;
    private final Map<LabelTrie.Node, Integer> sequences = new LinkedHashMap<>();

    /** The prompt has been read; its tokens are the beginning of all paths. */
    LabelPaths(PromptReader prompt, LabelTrie trie) {
        this.prompt = prompt;
        sequences.put(trie.root(), 0);
    }

    /** Returns the log-probabilities of the root's children. */
    double[] first(LabelTrie trie) {
        return children(trie.root(), prompt.logits());
    }

    @Override
    public List<double[]> read(List<LabelTrie.Node> paths) {
        DecodeContext context = prompt.context();
        for (LabelTrie.Node path : paths) {
            Integer parent = sequences.get(path.parent());
            if (parent == null) {
                throw new IllegalArgumentException("a path was asked for before its beginning");
            }
            int position = prompt.position() + path.depth() - 1;
            int sequence = sequences.size();
            context.share(parent, sequence, position);
            context.add(path.token(), position, sequence, true);
            sequences.put(path, sequence);
        }
        context.decode();
        float[] logits = prompt.logits();
        List<double[]> result = new ArrayList<>(paths.size());
        for (int i = 0; i < paths.size(); i++) {
            context.logits(i, logits);
            result.add(children(paths.get(i), logits));
        }
        return result;
    }

    @Override
    public void close() {
        for (int sequence = 1; sequence < sequences.size(); sequence++) {
            prompt.context().forget(sequence, 0);
        }
    }

    private static double[] children(LabelTrie.Node path, float[] logits) {
        double normalizer = LogSoftmax.normalizer(logits);
        return path.children().stream()
                .mapToDouble(child -> logits[child.token()] - normalizer)
                .toArray();
    }
}
