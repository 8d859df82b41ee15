package dev.rung.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * TF-IDF features of n-grams, fitted to the training texts.
 *
 * <p>Columns of words come first, then those of characters, each kind by falling number of texts, so that the weights
 * used most lie together. The value of an n-gram found {@code tf} times is (1 + ln tf) · idf with
 * idf = 1 + ln((1 + texts) / (1 + texts with it)) (Salton &amp; Buckley 1988; the smoothed form is scikit-learn's);
 * each kind's part of a row is then scaled to length one.
 *
 * <p>Immutable and thread-safe.
 */
public final class NgramFeatures {
    private final NgramSettings settings;
    private final GramScanner scanner;
    private final GramTable table;
    private final long[] keys;
    private final float[] inverseFrequencies;
    private final int wordColumns;

    NgramFeatures(NgramSettings settings, long[] keys, float[] inverseFrequencies, int wordColumns) {
        this.settings = settings;
        this.scanner = new GramScanner(settings);
        this.keys = keys;
        this.inverseFrequencies = inverseFrequencies;
        this.wordColumns = wordColumns;
        this.table = new GramTable(keys.length);
        for (int column = 0; column < keys.length; column++) {
            table.put(keys[column], column);
        }
    }

    /** Learns which n-grams there are, and how rare each is, from {@code texts}. */
    public static NgramFeatures fit(List<String> texts, NgramSettings settings) {
        GramScanner scanner = new GramScanner(settings);
        GramTable textsWithWord = new GramTable(1 << 14);
        GramTable textsWithCharacters = new GramTable(1 << 16);
        LongBag bag = new LongBag();
        for (String text : texts) {
            String form = TextForm.of(text);
            bag.clear();
            scanner.words(form, bag::add);
            countDistinct(bag, textsWithWord);
            bag.clear();
            scanner.characters(form, bag::add);
            countDistinct(bag, textsWithCharacters);
        }
        List<Gram> kept = new ArrayList<>(mostFrequent(textsWithWord, settings));
        int wordColumns = kept.size();
        kept.addAll(mostFrequent(textsWithCharacters, settings));
        long[] keys = new long[kept.size()];
        float[] inverseFrequencies = new float[kept.size()];
        for (int column = 0; column < keys.length; column++) {
            keys[column] = kept.get(column).key();
            inverseFrequencies[column] = (float)
                    (1 + Math.log((1.0 + texts.size()) / (1.0 + kept.get(column).texts())));
        }
        return new NgramFeatures(settings, keys, inverseFrequencies, wordColumns);
    }

    /** Returns the features of one text; n-grams not seen in training have none. */
    public SparseRow row(String text) {
        String form = TextForm.of(text);
        LongBag found = new LongBag();
        scanner.words(form, key -> addColumn(key, 0, wordColumns, found));
        scanner.characters(form, key -> addColumn(key, wordColumns, keys.length, found));
        found.sort();
        int distinct = 0;
        for (int i = 0; i < found.size(); i++) {
            distinct += i == 0 || found.get(i) != found.get(i - 1) ? 1 : 0;
        }
        int[] columns = new int[distinct];
        float[] values = new float[distinct];
        int next = 0;
        for (int from = 0; from < found.size(); ) {
            int to = from;
            while (to < found.size() && found.get(to) == found.get(from)) {
                to++;
            }
            columns[next] = (int) found.get(from);
            values[next] = (float) (1 + Math.log(to - from)) * inverseFrequencies[columns[next]];
            next++;
            from = to;
        }
        scaleToLengthOne(columns, values);
        return new SparseRow(columns, values);
    }

    /** Returns the features of each text, in order, worked out on all {@code lanes}. */
    public List<SparseRow> rows(List<String> texts, Lanes lanes) {
        SparseRow[] rows = new SparseRow[texts.size()];
        int pieces = (texts.size() + 255) / 256;
        lanes.run(pieces, piece -> {
            for (int i = piece * 256; i < Math.min(texts.size(), (piece + 1) * 256); i++) {
                rows[i] = row(texts.get(i));
            }
        });
        return List.of(rows);
    }

    public int columns() {
        return keys.length;
    }

    public NgramSettings settings() {
        return settings;
    }

    int wordColumns() {
        return wordColumns;
    }

    long key(int column) {
        return keys[column];
    }

    float inverseFrequency(int column) {
        return inverseFrequencies[column];
    }

    /** A key that is both a word's and a run of characters' hash belongs to whichever came last; it counts only there. */
    private void addColumn(long key, int from, int to, LongBag found) {
        int column = table.get(key, -1);
        if (column >= from && column < to) {
            found.add(column);
        }
    }

    private void scaleToLengthOne(int[] columns, float[] values) {
        int words = 0;
        while (words < columns.length && columns[words] < wordColumns) {
            words++;
        }
        scaleToLengthOne(values, 0, words);
        scaleToLengthOne(values, words, values.length);
    }

    private static void scaleToLengthOne(float[] values, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (double) values[i] * values[i];
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = from; i < to; i++) {
            values[i] *= scale;
        }
    }

    private static void countDistinct(LongBag bag, GramTable textsWith) {
        bag.sort();
        for (int i = 0; i < bag.size(); i++) {
            if (i == 0 || bag.get(i) != bag.get(i - 1)) {
                textsWith.add(bag.get(i), 1);
            }
        }
    }

    private static List<Gram> mostFrequent(GramTable textsWith, NgramSettings settings) {
        List<Gram> grams = new ArrayList<>();
        textsWith.forEach((key, texts) -> {
            if (texts >= settings.leastTexts()) {
                grams.add(new Gram(key, texts));
            }
        });
        grams.sort(Comparator.comparingInt(Gram::texts).reversed().thenComparingLong(Gram::key));
        return grams.subList(0, Math.min(grams.size(), settings.mostColumns()));
    }

    private record Gram(long key, int texts) {}
}
