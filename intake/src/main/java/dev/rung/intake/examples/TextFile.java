package dev.rung.intake.examples;

import dev.rung.core.RungException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * A text file whose encoding has been recognised: by its byte order mark; else as UTF-16 by the zero bytes of its ASCII letters; else as UTF-8 if every
 * byte of it is; else by the statistics of Mozilla's detector; else windows-1252. What was guessed is said in {@code notice}.
 *
 * @param mark the length of the byte order mark, in bytes
 * @param notice what a user should know about the encoding; null where nothing was guessed
 */
record TextFile(
        Path file,
        String name,
        Charset charset,
        int mark,
        @Nullable String notice) {
    private static final int SAMPLE = 1 << 16;
    // UTF-32 before UTF-16: the mark of the one in little-endian begins with that of the other.
    private static final List<Charset> MARKED = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_32LE,
            StandardCharsets.UTF_32BE,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Looks at {@code file}, all of it where its encoding is not marked; {@code name} names it in errors. */
    static TextFile inspect(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] sample = in.readNBytes(SAMPLE);
            TextFile marked = byMark(file, name, sample);
            if (marked != null) {
                return marked;
            }
            Charset wide = byZeroBytes(sample);
            if (wide != null) {
                return new TextFile(
                        file,
                        name,
                        wide,
                        0,
                        name + ": read as " + wide + ", judging by its zero bytes; it has no byte order mark");
            }
            long line = firstLineThatIsNotUtf8(sample, in);
            if (line == 0) {
                return new TextFile(file, name, StandardCharsets.UTF_8, 0, null);
            }
            Charset guess = byStatistics(file);
            return new TextFile(
                    file,
                    name,
                    guess,
                    0,
                    name + ": line " + line + " is not UTF-8; the file is read as " + guess
                            + ". Save it as UTF-8 if that is wrong");
        } catch (NoSuchFileException e) {
            throw new RungException.WrongInput("no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Opens the text after the byte order mark; bytes that the encoding does not have are an error. */
    BufferedReader open() {
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(mark);
            CharsetDecoder decoder = charset.newDecoder();
            // A guessed encoding may have holes, as windows-1252 does: what falls into one is shown as unreadable
            // rather than ending everything.
            CodingErrorAction action = notice == null ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
            return new BufferedReader(
                    new InputStreamReader(in, decoder.onMalformedInput(action).onUnmappableCharacter(action)), SAMPLE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static @Nullable TextFile byMark(Path file, String name, byte[] sample) {
        for (Charset charset : MARKED) {
            byte[] mark = "\uFEFF".getBytes(charset);
            if (sample.length >= mark.length && Arrays.equals(sample, 0, mark.length, mark, 0, mark.length)) {
                return new TextFile(file, name, charset, mark.length, null);
            }
        }
        return null;
    }

    private static @Nullable Charset byZeroBytes(byte[] sample) {
        int[] zeros = new int[2];
        for (int i = 0; i < sample.length; i++) {
            if (sample[i] == 0) {
                zeros[i % 2]++;
            }
        }
        int half = sample.length / 2;
        if (half < 2) {
            return null;
        }
        if (zeros[1] > half * 0.4 && zeros[0] < half * 0.05) {
            return StandardCharsets.UTF_16LE;
        }
        return zeros[0] > half * 0.4 && zeros[1] < half * 0.05 ? StandardCharsets.UTF_16BE : null;
    }

    // Returns 0 when everything is UTF-8.
    private static long firstLineThatIsNotUtf8(byte[] sample, InputStream rest) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(SAMPLE);
        ByteBuffer bytes = ByteBuffer.allocate(2 * SAMPLE).put(sample);
        long line = 1;
        boolean end = false;
        while (true) {
            bytes.flip();
            CoderResult result = decoder.decode(bytes, text, end);
            text.flip();
            while (text.hasRemaining()) {
                line += text.get() == '\n' ? 1 : 0;
            }
            text.clear();
            if (result.isError()) {
                return line;
            }
            bytes.compact();
            if (result.isUnderflow()) {
                if (end) {
                    return 0;
                }
                int count = rest.readNBytes(bytes.array(), bytes.position(), SAMPLE);
                bytes.position(bytes.position() + count);
                end = count == 0;
            }
        }
    }

    private static Charset byStatistics(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            String detected = UniversalDetector.detectCharset(in);
            if (detected == null
                    || detected.toUpperCase(Locale.ROOT).startsWith("UTF-8")
                    || detected.equals("US-ASCII")) {
                return WINDOWS_1252;
            }
            // Short Russian texts look the same in both; nobody has written the Macintosh one for decades.
            return Charset.forName(detected.equalsIgnoreCase("MACCYRILLIC") ? "windows-1251" : detected);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
            return WINDOWS_1252;
        }
    }
}
