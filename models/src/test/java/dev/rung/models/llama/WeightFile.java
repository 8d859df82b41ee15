package dev.rung.models.llama;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A model's GGUF file, opened to read one of its Q4_1 matrices and to write a copy in which that matrix is another one, in 32-bit floats. */
final class WeightFile {
    private static final int ALIGNMENT = 32;
    private static final int Q4_1 = 3;
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 20;
    private static final int ARRAY = 9;
    private static final int STRING = 8;
    // Bytes of the value types 0 to 12; strings and arrays have none.
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    /** Where a tensor's type and place are written, and what they are. */
    private record Tensor(String name, int values, int typeAt, long offset) {}

    private final ByteBuffer file;
    private final List<Tensor> tensors = new ArrayList<>();
    private final int dataAt;

    private WeightFile(ByteBuffer file) {
        this.file = file;
        file.position(8);
        long count = file.getLong();
        long keys = file.getLong();
        for (long i = 0; i < keys; i++) {
            string();
            skip(file.getInt());
        }
        for (long i = 0; i < count; i++) {
            String name = string();
            int dimensions = file.getInt();
            int values = 1;
            for (int d = 0; d < dimensions; d++) {
                values *= Math.toIntExact(file.getLong());
            }
            int typeAt = file.position();
            file.getInt();
            tensors.add(new Tensor(name, values, typeAt, file.getLong()));
        }
        dataAt = Math.ceilDiv(file.position(), ALIGNMENT) * ALIGNMENT;
    }

    static WeightFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new WeightFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Returns a matrix' values, dequantised: blocks of 32, each a scale and a minimum in half precision and 16 bytes of two 4-bit values. */
    float[] read(String name) {
        Tensor tensor = tensor(name);
        if (file.getInt(tensor.typeAt()) != Q4_1) {
            throw new IllegalArgumentException(name + " is not Q4_1");
        }
        float[] values = new float[tensor.values()];
        for (int block = 0; block < values.length / BLOCK; block++) {
            int at = Math.toIntExact(dataAt + tensor.offset()) + block * BLOCK_BYTES;
            float scale = Float.float16ToFloat(file.getShort(at));
            float least = Float.float16ToFloat(file.getShort(at + 2));
            for (int i = 0; i < BLOCK / 2; i++) {
                int pair = file.get(at + 4 + i) & 0xff;
                values[block * BLOCK + i] = (pair & 0xf) * scale + least;
                values[block * BLOCK + BLOCK / 2 + i] = (pair >> 4) * scale + least;
            }
        }
        return values;
    }

    /** Writes a copy with other values for one tensor. */
    Path copyWith(String name, float[] values, Path target) throws IOException {
        byte[] head = new byte[dataAt];
        file.get(0, head);
        ByteBuffer patched = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        byte[] replacement = GgufWriter.bytes(values);
        long at = 0;
        for (int i = 0; i < tensors.size(); i++) {
            Tensor tensor = tensors.get(i);
            patched.putLong(tensor.typeAt() + 4, at);
            if (tensor.name().equals(name)) {
                patched.putInt(tensor.typeAt(), 0);
            }
            at += tensor.name().equals(name) ? replacement.length : length(i);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            out.write(head);
            for (int i = 0; i < tensors.size(); i++) {
                if (tensors.get(i).name().equals(name)) {
                    out.write(replacement);
                } else {
                    byte[] data = new byte[length(i)];
                    file.get(Math.toIntExact(dataAt + tensors.get(i).offset()), data);
                    out.write(data);
                }
            }
        }
        return target;
    }

    // Padding included, since the next tensor begins where this one's ends.
    private int length(int index) {
        long end = index + 1 < tensors.size() ? tensors.get(index + 1).offset() : file.capacity() - dataAt;
        return Math.toIntExact(end - tensors.get(index).offset());
    }

    private Tensor tensor(String name) {
        return tensors.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tensor " + name));
    }

    private String string() {
        byte[] bytes = new byte[Math.toIntExact(file.getLong())];
        file.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void skip(int type) {
        switch (type) {
            case STRING -> string();
            case ARRAY -> {
                int of = file.getInt();
                long count = file.getLong();
                for (long i = 0; i < count; i++) {
                    skip(of);
                }
            }
            default -> file.position(file.position() + SIZES[type]);
        }
    }
}
