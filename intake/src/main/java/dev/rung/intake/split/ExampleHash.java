package dev.rung.intake.split;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hash of examples in order: of each its place, cluster, input, expected output and other columns. Stateless. */
final class ExampleHash {
    private ExampleHash() {}

    static Sha256 of(List<Example> examples) {
        MessageDigest digest = Sha256.newDigest();
        examples.forEach(example -> feed(digest, example));
        return Sha256.of(digest);
    }

    static void feed(MessageDigest digest, Example example) {
        Json.Obj columns = Json.object();
        for (Map.Entry<String, String> column : new TreeMap<>(example.columns()).entrySet()) {
            columns = columns.with(column.getKey(), Json.of(column.getValue()));
        }
        feed(
                digest,
                Json.strings(List.of(
                                        example.id().toString(),
                                        example.cluster(),
                                        example.input(),
                                        example.expected() == null
                                                ? ""
                                                : example.expected().text()))
                                .canonical()
                        + columns.canonical());
    }

    static void feed(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
