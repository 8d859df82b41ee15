package dev.rung.intake.split;

import dev.rung.core.Sha256;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Duplicate clusters that never break up when rows are added at the end.
 *
 * <p>Each row follows the earliest row that it is tied to (the same text, nearly the same text, or the same group) into that row's cluster; a row that is
 * tied to none founds one, named by the hash of its normal text, or of its group. So a row's cluster depends on the rows before it alone, and:
 *
 * <ul>
 *   <li>rows added after all others move no row to another cluster;
 *   <li>a new row that is tied to two old clusters joins the older, and both stay as they were: its tie to the other is in {@link #bridges};
 *   <li>rows inserted, deleted or reordered elsewhere can move only rows that are tied to them; equal texts keep their cluster's name wherever they stand.
 * </ul>
 *
 * <p>Merging two old clusters instead would have to move the rows of one. Immutable once made.
 */
public final class Clusters {
    private final int[] founders;
    private final long[] names;
    private final LongList ties;

    private Clusters(int[] founders, long[] names, LongList ties) {
        this.founders = founders;
        this.names = names;
        this.ties = ties;
    }

    /** Takes pairs of rows. */
    @FunctionalInterface
    public interface Pairs {
        void pair(int row, int earlier);
    }

    /**
     * Returns the clusters of the rows that were added to {@code duplicates}.
     *
     * @param text the text of a row, as it was added
     * @param group the group of a row, or null
     */
    public static Clusters of(
            NearDuplicates duplicates, IntFunction<String> text, IntFunction<@Nullable String> group) {
        LongList ties = new LongList();
        int[] near = duplicates.find(text, (row, earlier) -> ties.add(((long) row << 32) | earlier));
        int[] founders = new int[duplicates.size()];
        long[] names = new long[founders.length];
        FirstRows firstOfGroup = new FirstRows();
        for (int row = 0; row < founders.length; row++) {
            int leader = earliest(row, duplicates.first(row), near[row]);
            String own = group.apply(row);
            long group64 = own == null ? 0 : bits(Sha256.of("group " + own));
            int groupLeader = own == null ? -1 : firstOfGroup.putIfAbsent(group64, row);
            if (groupLeader >= 0) {
                ties.add(((long) row << 32) | groupLeader);
                leader = Math.min(leader, groupLeader);
            }
            founders[row] = leader == row ? row : founders[leader];
            if (leader == row) {
                names[row] = own == null ? duplicates.hash(row) : group64;
            }
            if (duplicates.first(row) < row) {
                ties.add(((long) row << 32) | duplicates.first(row));
            }
        }
        return new Clusters(founders, names, ties);
    }

    private static long bits(Sha256 hash) {
        return Long.parseUnsignedLong(hash.hex().substring(0, 16), 16);
    }

    private static int earliest(int row, int first, int near) {
        int leader = Math.min(row, first);
        return near < 0 ? leader : Math.min(leader, near);
    }

    public int size() {
        return founders.length;
    }

    /** Returns the row that founded this row's cluster. */
    public int founder(int row) {
        return founders[row];
    }

    /** Returns the name of this row's cluster: 16 hexadecimal digits. */
    public String name(int row) {
        return HexFormat.of().toHexDigits(names[founders[row]]);
    }

    public int count() {
        return (int) IntStream.range(0, founders.length)
                .filter(row -> founders[row] == row)
                .count();
    }

    /** Gives every pair of tied rows that was found: of the same text, nearly the same text, or the same group. */
    public void ties(Pairs pairs) {
        for (int i = 0; i < ties.size(); i++) {
            pairs.pair((int) (ties.get(i) >>> 32), (int) ties.get(i));
        }
    }

    /** Gives every pair of tied rows that are in two clusters all the same. */
    public void bridges(Pairs pairs) {
        ties((row, earlier) -> {
            if (founders[row] != founders[earlier]) {
                pairs.pair(row, earlier);
            }
        });
    }
}
