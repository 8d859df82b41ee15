package dev.rung.intake.examples;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * A reader that puts a mark on a line of its own after the text. A CSV parser that meets the mark as a record has closed every quote; one that finds it
 * inside a field has not, and says nothing.
 */
final class EndMarkedReader extends Reader {
    private static final String MARK = "\u0000end of the examples\u0000";

    private final Reader text;
    private final String tail = "\n" + MARK + "\n";
    private int tailRead = -1;

    EndMarkedReader(Reader text) {
        this.text = text;
    }

    static boolean isEnd(List<String> fields) {
        return fields.size() == 1 && fields.getFirst().equals(MARK);
    }

    static boolean isSwallowed(List<String> fields) {
        return fields.getLast().endsWith(MARK + "\n") || fields.getLast().endsWith(MARK);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (tailRead < 0) {
            int count = text.read(buffer, offset, length);
            if (count >= 0) {
                return count;
            }
            tailRead = 0;
        }
        if (tailRead == tail.length()) {
            return -1;
        }
        int count = Math.min(length, tail.length() - tailRead);
        tail.getChars(tailRead, tailRead + count, buffer, offset);
        tailRead += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
