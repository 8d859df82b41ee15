package dev.rung.models.embed;

import dev.rung.core.RungException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Cuts text into the pieces of a WordPiece vocabulary, longest first (Schuster &amp; Nakajima 2012; Devlin et al. 2019).
 *
 * <p>Gives the same numbers as Hugging Face's tokenizers with the same tokenizer.json, without a native library to
 * unpack and load. Immutable and thread-safe.
 */
final class WordPieces {
    private static final int LONGEST_WORD = 100;
    private static final Pattern SPECIAL = Pattern.compile("\\[(?:PAD|UNK|CLS|SEP|MASK)]");

    private final Map<String, Integer> numbers;
    private final int start;
    private final int end;
    private final int unknown;

    private WordPieces(Map<String, Integer> numbers) {
        this.numbers = numbers;
        this.start = number("[CLS]");
        this.end = number("[SEP]");
        this.unknown = number("[UNK]");
    }

    /**
     * Reads the vocabulary, the object {@code model.vocab}, of a tokenizer.json; reading only that takes a tenth of the
     * time of the whole.
     *
     * @throws RungException.Corrupt when the stream is not such a file
     */
    static WordPieces read(InputStream tokenizerJson) {
        Map<String, Integer> numbers = HashMap.newHashMap(31_000);
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), tokenizerJson)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.PROPERTY_NAME
                        && parser.currentName().equals("vocab")) {
                    parser.nextToken();
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        String piece = parser.currentName();
                        parser.nextToken();
                        numbers.put(piece, parser.getIntValue());
                    }
                    return new WordPieces(numbers);
                }
            }
        } catch (JacksonException e) {
            throw new RungException.Corrupt(
                    "the encoder's tokenizer.json cannot be read: " + e.getOriginalMessage(), e);
        }
        throw new RungException.Corrupt("the encoder's tokenizer.json has no vocabulary");
    }

    /**
     * Returns the numbers of the pieces of {@code text} between those of the start and end marks.
     *
     * @param most the most numbers to return, marks included; what goes beyond is cut off before the end mark
     */
    long[] numbers(String text, int most) {
        List<Integer> found = new ArrayList<>();
        found.add(start);
        Matcher marks = SPECIAL.matcher(text);
        int from = 0;
        while (marks.find()) {
            addWords(text.substring(from, marks.start()), found);
            found.add(number(marks.group()));
            from = marks.end();
        }
        addWords(text.substring(from), found);
        long[] all = new long[Math.min(most, found.size() + 1)];
        Arrays.setAll(all, i -> i < all.length - 1 ? found.get(i) : end);
        return all;
    }

    private void addWords(String text, List<Integer> found) {
        for (String word : BertText.words(text)) {
            addPieces(word, found);
        }
    }

    private void addPieces(String word, List<Integer> found) {
        int before = found.size();
        int from = 0;
        boolean known = word.codePointCount(0, word.length()) <= LONGEST_WORD;
        while (known && from < word.length()) {
            int to = word.length();
            Integer number = null;
            while (to > from && number == null) {
                number = numbers.get(from == 0 ? word.substring(0, to) : "##" + word.substring(from, to));
                to = number == null ? to - 1 : to;
            }
            known = number != null;
            if (number != null) {
                found.add(number);
                from = to;
            }
        }
        if (!known) {
            found.subList(before, found.size()).clear();
            found.add(unknown);
        }
    }

    private int number(String mark) {
        Integer number = numbers.get(mark);
        if (number == null) {
            throw new RungException.Corrupt("the encoder's vocabulary has no " + mark);
        }
        return number;
    }
}
