package dev.rung.models.llama;

import dev.rung.core.RungException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels as paths of tokens that share their beginnings; every path ends with the token that ends an answer, so none is a part of another. */
final class LabelTrie {
    private final Node root = new Node(null, -1, 0);
    private final List<Node> leaves = new ArrayList<>();
    private int inner;

    /** Builds the trie of {@code labels}, tokenised each on its own. */
    static LabelTrie of(List<String> labels, Vocabulary vocabulary, int endOfAnswer) {
        LabelTrie trie = new LabelTrie();
        for (String label : labels) {
            trie.add(label, vocabulary.tokens(label), endOfAnswer);
        }
        return trie;
    }

    /** Adds a label, whose number is how many were added before. */
    void add(String label, int[] tokens, int end) {
        Node node = root;
        for (int token : tokens) {
            node = node.children.computeIfAbsent(token, node::child);
        }
        Node leaf = node.child(end);
        leaf.label = leaves.size();
        Node twin = node.children.putIfAbsent(end, leaf);
        if (twin != null) {
            throw new RungException.WrongInput("two labels are the same to the model: number " + (twin.label + 1)
                    + " and number " + (leaf.label + 1) + ", \"" + label + "\". Give each its own name");
        }
        leaves.add(leaf);
        for (Node above = leaf.parent; above != null; above = above.parent) {
            above.labels++;
        }
    }

    Node root() {
        return root;
    }

    /** Returns the ends of the labels' paths, in the order in which labels were added. */
    List<Node> leaves() {
        return leaves;
    }

    /** Returns how many tokens must be read to score every label: all but the ends. */
    int innerTokens() {
        if (inner == 0) {
            inner = countInner(root) - 1;
        }
        return inner;
    }

    /** Returns how many tokens the longest path has, its end included. */
    int depth() {
        return leaves.stream().mapToInt(Node::depth).max().orElse(0);
    }

    private static int countInner(Node node) {
        int count = node.isLeaf() ? 0 : 1;
        for (Node child : node.children()) {
            count += countInner(child);
        }
        return count;
    }

    /** A beginning of labels. */
    static final class Node {
        private final @Nullable Node parent;
        private final int token;
        private final int depth;
        private final Map<Integer, Node> children = new LinkedHashMap<>();
        private int label = -1;
        private int labels;

        private Node(@Nullable Node parent, int token, int depth) {
            this.parent = parent;
            this.token = token;
            this.depth = depth;
        }

        private Node child(int next) {
            return new Node(this, next, depth + 1);
        }

        @Nullable
        Node parent() {
            return parent;
        }

        int token() {
            return token;
        }

        /** Returns how many tokens lead here. */
        int depth() {
            return depth;
        }

        Collection<Node> children() {
            return children.values();
        }

        boolean isLeaf() {
            return label >= 0;
        }

        /** Returns the number of the label that ends here; −1 for a mere beginning. */
        int label() {
            return label;
        }

        /** Returns how many labels begin like this. */
        int labels() {
            return isLeaf() ? 1 : labels;
        }
    }
}
