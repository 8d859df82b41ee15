package dev.rung.store;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.time.Instant;
import java.util.HexFormat;

/** How values stand in the ledger's columns. */
final class Column {
    private Column() {}

    static byte[] bytes(Sha256 hash) {
        return HexFormat.of().parseHex(hash.hex());
    }

    static Sha256 hash(byte[] bytes) {
        return new Sha256(HexFormat.of().formatHex(bytes));
    }

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    static Json.Obj object(String text) {
        if (JsonText.parse(text) instanceof Json.Obj object) {
            return object;
        }
        throw new RungException.Corrupt("the ledger holds no JSON object where one must be: " + text);
    }
}
