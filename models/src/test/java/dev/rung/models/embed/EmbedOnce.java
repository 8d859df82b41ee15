package dev.rung.models.embed;

import dev.rung.core.economics.Pricing;
import java.nio.file.Path;

/** A program of its own that embeds one text; see {@link NoTelemetryTest}. */
final class EmbedOnce {
    private EmbedOnce() {}

    public static void main(String[] arguments) {
        try (BgeSmallEncoder encoder =
                BgeSmallEncoder.load(Path.of(arguments[0]), 1, new Pricing.Unpriced("not of interest here"))) {
            System.out.println(encoder.embed("where is my parcel?").length);
        }
    }
}
