package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;

/**
 * How often rows of the sealed set were opened, over its whole life.
 *
 * @param log the hash of the log of accesses
 */
public record AccessStamp(long count, Sha256 log) {
    Json.Obj toJson() {
        return Json.object("count", Json.of(count), "log", Json.of(log.hex()));
    }
}
