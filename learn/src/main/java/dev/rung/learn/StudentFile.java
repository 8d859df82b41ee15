package dev.rung.learn;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A student as bytes: eight bytes of name, the format's version, the SHA-256 of the rest, then the rest, big-endian, numbers
 * as float32.
 */
public final class StudentFile {
    private static final byte[] NAME = "RUNGSTUD".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 4;
    private static final int HASH_BYTES = 32;
    private static final int NAME_BYTES = 16;
    private static final int HEADER_BYTES = 8 + 4 + HASH_BYTES;

    private StudentFile() {}

    /** Returns the student's bytes; the same student always gives the same. */
    public static byte[] write(Student student) {
        ByteBuffer to = ByteBuffer.allocate(size(student));
        to.put(NAME).putInt(VERSION).position(HEADER_BYTES);
        writeName(student.shape.name(), to);
        to.putInt(student.labels);
        writeNgrams(student.ngrams, to);
        writeScaler(student.scaler, to);
        to.putInt(student.heads.size());
        for (int i = 0; i < student.heads.size(); i++) {
            Head head = student.heads.get(i);
            Inputs inputs = head.inputs();
            to.putInt(inputs.ngrams() ? 1 : 0).putInt(inputs.from()).putInt(inputs.to());
            to.putFloat(student.weights[i]);
            to.putInt(head.linear().sparseColumns).putInt(head.linear().denseColumns);
            for (float[] row : head.linear().weights) {
                writeFloats(row, to);
            }
        }
        writeNeighbours(student.neighbours, to);
        to.putFloat(student.neighbourWeight);
        to.putDouble(student.temperature.value()).putInt(student.outOfScope).putFloat(student.shift);
        GateFile.write(student.gate, to);
        to.put(NAME.length + 4, hash(to.array()));
        return to.array();
    }

    /**
     * Reads a student.
     *
     * @throws RungException.Corrupt when the bytes are not a student's, of another version, or changed
     */
    public static Student read(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || !Arrays.equals(bytes, 0, NAME.length, NAME, 0, NAME.length)) {
            throw new RungException.Corrupt("this is not a student's file: it does not begin with RUNGSTUD");
        }
        ByteBuffer from = ByteBuffer.wrap(bytes).position(NAME.length);
        int version = from.getInt();
        if (version != VERSION) {
            throw new RungException.Corrupt("the student's file has format version " + version + ", expected " + VERSION
                    + ": it was made by another version of Rung; climb again");
        }
        byte[] stated = new byte[HASH_BYTES];
        from.get(stated);
        if (!Arrays.equals(stated, hash(bytes))) {
            throw new RungException.Corrupt("the student's file has changed: its content does not match its hash");
        }
        try {
            return readContent(from);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new RungException.Corrupt("the student's file does not hold what its header says", e);
        }
    }

    private static Student readContent(ByteBuffer from) {
        StudentShape shape = StudentShape.valueOf(readName(from));
        int labels = from.getInt();
        NgramFeatures ngrams = readNgrams(from);
        DenseScaler scaler = readScaler(from);
        List<Head> heads = new ArrayList<>();
        float[] weights = new float[from.getInt()];
        for (int i = 0; i < weights.length; i++) {
            Inputs inputs = new Inputs(from.getInt() == 1, from.getInt(), from.getInt());
            weights[i] = from.getFloat();
            int sparse = from.getInt();
            int dense = from.getInt();
            float[][] rows = new float[sparse + dense + 1][];
            Arrays.setAll(rows, row -> readFloats(labels, from));
            heads.add(new Head(inputs, new LinearHead(sparse, dense, labels, rows)));
        }
        return new Student(
                shape,
                labels,
                ngrams,
                scaler,
                heads,
                weights,
                readNeighbours(labels, from),
                from.getFloat(),
                new Temperature(from.getDouble()),
                from.getInt(),
                from.getFloat(),
                GateFile.read(from));
    }

    private static void writeNgrams(@Nullable NgramFeatures ngrams, ByteBuffer to) {
        to.putInt(ngrams == null ? -1 : ngrams.columns());
        if (ngrams == null) {
            return;
        }
        NgramSettings settings = ngrams.settings();
        to.putInt(settings.longestWordGram());
        to.putInt(settings.shortestCharacterGram()).putInt(settings.longestCharacterGram());
        to.putInt(settings.leastTexts()).putInt(settings.mostColumns()).putInt(ngrams.wordColumns());
        for (int column = 0; column < ngrams.columns(); column++) {
            to.putLong(ngrams.key(column)).putFloat(ngrams.inverseFrequency(column));
        }
    }

    private static @Nullable NgramFeatures readNgrams(ByteBuffer from) {
        int columns = from.getInt();
        if (columns < 0) {
            return null;
        }
        NgramSettings settings =
                new NgramSettings(from.getInt(), from.getInt(), from.getInt(), from.getInt(), from.getInt());
        int wordColumns = from.getInt();
        long[] keys = new long[columns];
        float[] inverseFrequencies = new float[columns];
        for (int column = 0; column < columns; column++) {
            keys[column] = from.getLong();
            inverseFrequencies[column] = from.getFloat();
        }
        return new NgramFeatures(settings, keys, inverseFrequencies, wordColumns);
    }

    static void writeScaler(@Nullable DenseScaler scaler, ByteBuffer to) {
        to.putInt(scaler == null ? -1 : scaler.width());
        if (scaler != null) {
            writeFloats(scaler.means, to);
            writeFloats(scaler.factors, to);
        }
    }

    static @Nullable DenseScaler readScaler(ByteBuffer from) {
        int width = from.getInt();
        return width < 0 ? null : new DenseScaler(readFloats(width, from), readFloats(width, from));
    }

    private static void writeNeighbours(@Nullable Neighbours neighbours, ByteBuffer to) {
        to.putInt(neighbours == null ? -1 : neighbours.labelOfRow.length);
        if (neighbours != null) {
            to.putInt(neighbours.parts).putInt(neighbours.columns.length);
            for (int label : neighbours.labelOfRow) {
                to.putInt(label);
            }
            for (float[] column : neighbours.columns) {
                writeFloats(column, to);
            }
        }
    }

    private static @Nullable Neighbours readNeighbours(int labels, ByteBuffer from) {
        int rows = from.getInt();
        if (rows < 0) {
            return null;
        }
        int parts = from.getInt();
        float[][] columns = new float[from.getInt()][];
        int[] labelOfRow = new int[rows];
        Arrays.setAll(labelOfRow, row -> from.getInt());
        Arrays.setAll(columns, column -> readFloats(rows, from));
        return new Neighbours(columns, labelOfRow, labels, parts);
    }

    private static void writeName(String name, ByteBuffer to) {
        to.put(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), NAME_BYTES));
    }

    private static String readName(ByteBuffer from) {
        byte[] bytes = new byte[NAME_BYTES];
        from.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII).strip().replace("\u0000", "");
    }

    static void writeFloats(float[] values, ByteBuffer to) {
        to.asFloatBuffer().put(values);
        to.position(to.position() + values.length * Float.BYTES);
    }

    static float[] readFloats(int length, ByteBuffer from) {
        float[] values = new float[length];
        from.asFloatBuffer().get(values);
        from.position(from.position() + length * Float.BYTES);
        return values;
    }

    private static byte[] hash(byte[] bytes) {
        var digest = Sha256.newDigest();
        digest.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        return digest.digest();
    }

    private static int size(Student student) {
        long size = HEADER_BYTES + NAME_BYTES + 4 + 4 + 4 + 4 + 8 + 4 + 4;
        if (student.ngrams != null) {
            size += 6 * 4 + 12L * student.ngrams.columns();
        }
        if (student.scaler != null) {
            size += 8L * student.scaler.width();
        }
        size += 4 + 4;
        Neighbours neighbours = student.neighbours;
        if (neighbours != null) {
            size += 8 + 4L * neighbours.labelOfRow.length * (1 + neighbours.columns.length);
        }
        for (Head head : student.heads) {
            size += 6 * 4 + 4L * student.labels * (head.linear().columns() + 1);
        }
        return Math.toIntExact(size + GateFile.size(student.gate));
    }
}
