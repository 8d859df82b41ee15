package dev.rung.bench.gateway;

import java.nio.charset.StandardCharsets;

/** The little of HTTP/1.1 that both ends of a measurement look at. */
final class Wire {
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

    private Wire() {}

    /** Returns where the body begins in the first {@code read} bytes; -1 while the head is not complete. */
    static int endOfHead(byte[] buffer, int read) {
        for (int i = 3; i < read; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Returns the content length that the head says, which ends at {@code end}; -1 without one. */
    static int contentLength(byte[] buffer, int end) {
        for (int i = 0; i < end - LENGTH.length; i++) {
            int j = 0;
            while (j < LENGTH.length && Character.toLowerCase(buffer[i + j]) == LENGTH[j]) {
                j++;
            }
            if (j == LENGTH.length) {
                int length = 0;
                for (int k = i + j; buffer[k] >= '0' && buffer[k] <= '9'; k++) {
                    length = length * 10 + buffer[k] - '0';
                }
                return length;
            }
        }
        return -1;
    }
}
