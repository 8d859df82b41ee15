package dev.rung.models.llama;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes small GGUF files (version 3) of 32-bit floats, such as LoRA adapters. */
final class GgufWriter {
    private static final int ALIGNMENT = 32;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;

    private record Tensor(String name, int rows, int columns, ByteBuffer data) {}

    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private final List<Tensor> tensors = new ArrayList<>();
    private int keyCount;

    /** Starts an adapter as llama.cpp's converter writes it. */
    static GgufWriter adapter(String architecture, float alpha) {
        return new GgufWriter()
                .with("general.type", "adapter")
                .with("general.architecture", architecture)
                .with("adapter.type", "lora")
                .with("adapter.lora.alpha", alpha);
    }

    GgufWriter with(String key, String value) {
        string(keys, key);
        number(keys, STRING, 4);
        string(keys, value);
        keyCount++;
        return this;
    }

    GgufWriter with(String key, float value) {
        string(keys, key);
        number(keys, FLOAT32, 4);
        number(keys, Float.floatToRawIntBits(value), 4);
        keyCount++;
        return this;
    }

    /**
     * Adds a matrix.
     *
     * @param columns the dimension whose values lie side by side
     */
    GgufWriter with(String name, int rows, int columns, float[] values) {
        tensors.add(new Tensor(name, rows, columns, ByteBuffer.wrap(bytes(values))));
        return this;
    }

    Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        number(out, 3, 4);
        number(out, tensors.size(), 8);
        number(out, keyCount, 8);
        out.writeBytes(keys.toByteArray());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Tensor tensor : tensors) {
            string(out, tensor.name());
            number(out, 2, 4);
            number(out, tensor.columns(), 8);
            number(out, tensor.rows(), 8);
            number(out, 0, 4); // 32-bit floats
            number(out, data.size(), 8);
            data.writeBytes(tensor.data().array());
            pad(data);
        }
        pad(out);
        out.writeBytes(data.toByteArray());
        return Files.write(file, out.toByteArray());
    }

    static byte[] bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length, 8);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
