package dev.rung.gateway.relay;

import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.gateway.scan.Members;
import dev.rung.models.egress.RelayReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer in one piece: its bytes as they came, and what it says of itself.
 *
 * @param bytes as sent, perhaps compressed
 * @param id where a later request may refer to it; or null
 * @param error whether it reports an error in spite of its status; then {@code status} says which
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WholeBody(byte[] bytes, Settlement.Use use, @Nullable String id, boolean error, int status) {
    /** The largest answer that is taken in one piece, as sent and after decompression. */
    static final int LARGEST = 64 << 20;

    private static final int FIRST_SIZE = 8_192;

    /** Reads the body of {@code reply}. */
    static byte[] read(RelayReply reply, int most) throws IOException {
        if (reply.length() > most) {
            throw new IOException("the answer has more than " + most + " bytes");
        }
        byte[] bytes = new byte[reply.length() >= 0 ? (int) reply.length() : FIRST_SIZE];
        int length = 0;
        while (true) {
            if (length == bytes.length) {
                byte[] one = new byte[1];
                int more = reply.read(one, 0, 1);
                if (more < 0) {
                    return bytes;
                }
                if (length >= most) {
                    throw new IOException("the answer has more than " + most + " bytes");
                }
                bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(FIRST_SIZE, 2 * length)));
                bytes[length++] = one[0];
                continue;
            }
            int count = reply.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return Arrays.copyOf(bytes, length);
            }
            length += count;
        }
    }

    /** Returns what the bytes of a successful reply say; what is no JSON object is a {@link MalformedJson}. */
    static WholeBody of(Verb verb, byte[] bytes, @Nullable String encoding) throws IOException {
        byte[] json = plain(bytes, encoding);
        String model = null;
        String usage = null;
        String id = null;
        String tier = null;
        boolean error = false;
        boolean gemini = verb.dialect() == Dialect.GEMINI;
        Members members = Members.of(json);
        while (members.next()) {
            if (members.named(gemini ? "usageMetadata" : "usage") && members.kind() == '{') {
                usage = members.json();
            } else if (members.named(gemini ? "modelVersion" : "model") && members.kind() == '"') {
                model = members.text();
            } else if (members.named("service_tier") && members.kind() == '"') {
                tier = members.json();
            } else if (members.named("id") && members.kind() == '"') {
                id = members.text();
            } else if (members.named("error") && members.kind() == '{') {
                error = true;
            }
        }
        Settlement.Use.Reported use =
                new Settlement.Use.Reported(model, StreamReader.records(usage, tier), 0, bytes.length);
        return new WholeBody(bytes, use, id, error, error ? ErrorStatus.of(verb, Members.of(json)) : 200);
    }

    private static byte[] plain(byte[] bytes, @Nullable String encoding) throws IOException {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return bytes;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new IOException("the answer is encoded as " + encoding + ", which was not asked for");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(LARGEST);
            if (in.read() >= 0) {
                throw new IOException("the answer has more than " + LARGEST + " bytes when it is decompressed");
            }
            return plain;
        }
    }
}
