package dev.rung.wire.form;

import org.jspecify.annotations.Nullable;

/** Where the bytes of an image, a document or a sound are. */
public sealed interface Media {
    /** In the request itself, in base 64. */
    record Inline(String type, String base64) implements Media {
        @Override
        public String toString() {
            return type + ", " + base64.length() + " characters of base 64";
        }
    }

    /** At an address that the server is to fetch; {@code type} may be unknown. */
    record Url(String url, @Nullable String type) implements Media {}

    /** Uploaded before; the name means something to one vendor only. */
    record File(Dialect dialect, String id) implements Media {}

    /** Plain text. */
    record Plain(String text) implements Media {}

    /** Returns the media that a URL stands for, which may be a {@code data:} URL (RFC 2397). */
    static Media ofUrl(String url, Place place) {
        if (!url.startsWith("data:")) {
            return new Url(url, null);
        }
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(5, comma);
        if (!head.endsWith(";base64")) {
            throw new Malformed(place, "found a data: URL that is not in base 64, expected data:TYPE;base64,…");
        }
        int end = head.indexOf(';');
        return new Inline(head.substring(0, end), url.substring(comma + 1));
    }

    /** Returns the URL that stands for it, or null when there is none. */
    default @Nullable String url() {
        return switch (this) {
            case Inline(String type, String base64) -> "data:" + type + ";base64," + base64;
            case Url(String url, String type) -> url;
            case File file -> null;
            case Plain plain -> null;
        };
    }
}
