package dev.rung.intake.split;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The labelled rows of {@code sealed} in the order of a salted hash of what they say, which depends neither on the files' order nor on anything that a candidate can see.
 *
 * @param rows their numbers
 * @param hash of the rows in that order
 */
public record SealedOrder(List<Integer> rows, Sha256 hash) {
    public SealedOrder {
        rows = List.copyOf(rows);
    }

    /** Orders the sealed rows among {@code rows}, but for those that are set aside. */
    public static SealedOrder of(SplitRows rows, String salt, BitSet setAside) {
        record Keyed(Sha256 key, int row) {}
        List<Keyed> keyed = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (Contamination.isSealed(rows, row) && !setAside.get(row)) {
                keyed.add(new Keyed(
                        Sha256.of(salt + "\nsealed\n" + rows.input(row) + "\u0000" + rows.answerText(row)), row));
            }
        }
        keyed.sort(Comparator.comparing((Keyed one) -> one.key().hex())
                .thenComparing(one -> rows.id(one.row()).source())
                .thenComparingLong(one -> rows.id(one.row()).line()));
        MessageDigest digest = Sha256.newDigest();
        keyed.forEach(one -> ExampleHash.feed(digest, rows.example(one.row())));
        return new SealedOrder(keyed.stream().map(Keyed::row).toList(), Sha256.of(digest));
    }

    List<Example> examples(SplitRows of) {
        return rows.stream().map(of::example).toList();
    }
}
