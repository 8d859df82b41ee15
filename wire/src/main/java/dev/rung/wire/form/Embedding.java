package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that are to become vectors, and the vectors, whatever the dialect. */
public final class Embedding {
    private Embedding() {}

    /** What is to become a vector. */
    public sealed interface Input {
        /** Words. */
        record Text(String text) implements Input {}

        /** The numbers of tokens, which mean something to one tokenizer only. */
        record Tokens(List<Long> tokens) implements Input {
            public Tokens {
                tokens = List.copyOf(tokens);
            }
        }
    }

    /**
     * A request for vectors.
     *
     * @param model as the caller named it
     * @param many whether the caller sent a list, which may have one input
     * @param dimensions of each vector, or null for the model's own
     * @param base64 whether the caller wants vectors as base 64 of little-endian floats of four bytes
     * @param task what the vectors are for, in Gemini's words, or null
     * @param title of the document, or null
     * @param user or null
     */
    public record Request(
            Dialect dialect,
            String model,
            List<Input> inputs,
            boolean many,
            @Nullable Long dimensions,
            boolean base64,
            @Nullable String task,
            @Nullable String title,
            @Nullable Setting user,
            List<Unknown> unknown,
            Json.Obj source) {
        public Request {
            inputs = List.copyOf(inputs);
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * Vectors, in the order of the inputs.
     *
     * @param tokens that went in, or null when the server did not say
     */
    public record Reply(List<Vector> vectors, @Nullable Long tokens) {
        public Reply {
            vectors = List.copyOf(vectors);
        }
    }

    /** One vector: numbers as the server wrote them. */
    public record Vector(List<Json> numbers) {
        public Vector {
            numbers = List.copyOf(numbers);
        }

        /** Reads base 64 of little-endian floats of four bytes. */
        public static Vector ofBase64(String text) {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
            List<Json> numbers = new ArrayList<>(bytes.remaining() / 4);
            while (bytes.remaining() >= 4) {
                // The shortest decimal that reads back as this float, not as the double next to it.
                numbers.add(Json.of(new BigDecimal(Float.toString(bytes.getFloat()))));
            }
            return new Vector(numbers);
        }

        /** Returns base 64 of little-endian floats of four bytes. */
        public String base64() {
            ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
            for (Json number : numbers) {
                bytes.putFloat(number instanceof Json.Num(BigDecimal value) ? value.floatValue() : 0);
            }
            return Base64.getEncoder().encodeToString(bytes.array());
        }
    }

    /** The readers and writers of a dialect that has embeddings. Immutable and thread-safe. */
    public interface Codec {
        Dialect dialect();

        /** Reads a request; {@code model} is what the path names, or null. What the dialect does not allow is {@link Malformed}. */
        Request read(Json.Obj body, @Nullable String model);

        /** Writes a request; one that was read in this dialect comes out as it was written, but for the model. */
        Written write(Request request, String model);

        Reply readReply(Json.Obj body);

        /** Writes the reply to {@code asked}. */
        Json.Obj writeReply(Reply reply, Request asked);
    }
}
