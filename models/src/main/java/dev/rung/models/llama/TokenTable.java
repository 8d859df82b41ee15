package dev.rung.models.llama;

import java.util.BitSet;

/** What the tokens of a vocabulary begin with: so that a grammar need not be asked about each of them. Immutable. */
final class TokenTable {
    private static final int NO_TEXT = -1;

    private final int[] firstByte;
    private final BitSet ends = new BitSet();
    private final int[] byteTokens = new int[256];

    TokenTable(Vocabulary vocabulary) {
        firstByte = new int[vocabulary.size()];
        java.util.Arrays.fill(byteTokens, -1);
        for (int token = 0; token < firstByte.length; token++) {
            firstByte[token] = NO_TEXT;
            if (vocabulary.isEnd(token)) {
                ends.set(token);
            } else if (!vocabulary.isControl(token)) {
                byte[] bytes = vocabulary.bytes(token);
                if (bytes.length > 0) {
                    firstByte[token] = bytes[0] & 0xFF;
                }
                if (bytes.length == 1) {
                    byteTokens[bytes[0] & 0xFF] = token;
                }
            }
        }
    }

    /** Returns the tokens that end an answer. */
    int[] ends() {
        return ends.stream().toArray();
    }

    /** Returns, per byte, the token that is just this byte; −1 where there is none. */
    int[] byteTokens() {
        return byteTokens.clone();
    }

    /** Returns the tokens whose text begins with one of {@code bytes}; control tokens have no text. */
    int[] beginningWith(BitSet bytes) {
        return java.util.stream.IntStream.range(0, firstByte.length)
                .filter(token -> firstByte[token] != NO_TEXT && bytes.get(firstByte[token]))
                .toArray();
    }
}
