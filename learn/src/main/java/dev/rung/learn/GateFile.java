package dev.rung.learn;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a {@link StudentFile} that holds its gate. */
final class GateFile {
    private GateFile() {}

    static void write(@Nullable ScopeGate gate, ByteBuffer to) {
        to.putInt(gate == null ? 0 : 1);
        if (gate == null) {
            return;
        }
        StudentFile.writeScaler(gate.scaler, to);
        for (float[] row : gate.head.weights) {
            StudentFile.writeFloats(row, to);
        }
        to.putFloat(gate.threshold);
        LabelDistances distances = gate.distances;
        to.putInt(distances == null ? 0 : distances.overallMean.length);
        if (distances != null) {
            write(distances.within, to);
            write(distances.overall, to);
            StudentFile.writeFloats(distances.overallMean, to);
            to.putInt(distances.means.length);
            for (float[] mean : distances.means) {
                to.putInt(mean.length);
                StudentFile.writeFloats(mean, to);
            }
        }
    }

    static @Nullable ScopeGate read(ByteBuffer from) {
        if (from.getInt() == 0) {
            return null;
        }
        DenseScaler scaler = Objects.requireNonNull(StudentFile.readScaler(from));
        float[][] weights = new float[scaler.width() + 1][];
        Arrays.setAll(weights, row -> StudentFile.readFloats(2, from));
        float threshold = from.getFloat();
        int width = from.getInt();
        LabelDistances distances = null;
        if (width > 0) {
            Whitening within = readWhitening(width, from);
            Whitening overall = readWhitening(width, from);
            float[] overallMean = StudentFile.readFloats(width, from);
            float[][] means = new float[from.getInt()][];
            Arrays.setAll(means, label -> StudentFile.readFloats(from.getInt(), from));
            distances = new LabelDistances(within, means, overall, overallMean);
        }
        return new ScopeGate(distances, scaler, new LinearHead(0, scaler.width(), 2, weights), threshold);
    }

    static long size(@Nullable ScopeGate gate) {
        if (gate == null) {
            return 4;
        }
        long size = 4 + 4 + 8L * gate.scaler.width() + 8L * (gate.scaler.width() + 1) + 4 + 4;
        LabelDistances distances = gate.distances;
        if (distances != null) {
            long width = distances.overallMean.length;
            size += 2 * (4 * width * (width + 1) / 2) + 4 * width + 4;
            for (float[] mean : distances.means) {
                size += 4 + 4L * mean.length;
            }
        }
        return size;
    }

    private static void write(Whitening whitening, ByteBuffer to) {
        for (float[] row : whitening.inverseFactor) {
            StudentFile.writeFloats(row, to);
        }
    }

    private static Whitening readWhitening(int width, ByteBuffer from) {
        float[][] rows = new float[width][];
        Arrays.setAll(rows, row -> StudentFile.readFloats(row + 1, from));
        return new Whitening(rows);
    }
}
