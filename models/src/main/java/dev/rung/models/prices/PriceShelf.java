package dev.rung.models.prices;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.economics.book.GenAiPricesFormat;
import dev.rung.core.economics.book.LiteLlmFormat;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The price books of a state folder: at most one of each format, as it was imported, with a note on where it came from and of which day it is.
 *
 * <p>Where several books know a model, the one with dated prices (genai-prices) is believed. Immutable files, replaced as a whole; thread-safe.
 */
public final class PriceShelf {
    private final Path folder;

    /** Makes the shelf in the state folder {@code state}; nothing is made on disk before an import. */
    public PriceShelf(Path state) {
        this.folder = state.resolve("prices");
    }

    /** The formats that can be imported, the most believed first. */
    public enum Format {
        GENAI_PRICES("genai-prices"),
        LITELLM("litellm");

        private final String key;

        Format(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }

        PriceBook read(Json json, String source, LocalDate asOf) {
            return switch (this) {
                case GENAI_PRICES -> GenAiPricesFormat.read(json, source, asOf);
                case LITELLM -> LiteLlmFormat.read(json, source, asOf);
            };
        }

        static Format of(Json json, Path file) {
            if (GenAiPricesFormat.fits(json)) {
                return GENAI_PRICES;
            }
            if (LiteLlmFormat.fits(json)) {
                return LITELLM;
            }
            throw RungException.WrongInput.at(
                    file.toString(),
                    "JSON of another form",
                    "the data of genai-prices (version 2: a list of providers with their models) or LiteLLM's"
                            + " model_prices_and_context_window.json",
                    "Name one of those files");
        }
    }

    /**
     * Puts the book in {@code file} on the shelf, in place of an earlier one of its format.
     *
     * @throws RungException.WrongInput when the file is of no known format, or not sound; the shelf is then as it was
     */
    public PriceBook take(Path file, LocalDate asOf) {
        Json json = JsonText.read(file);
        Format format = Format.of(json, file);
        PriceBook book = format.read(json, file.toString(), asOf);
        try {
            Files.createDirectories(folder);
            byte[] bytes = Files.readAllBytes(file);
            Json about = Json.object(
                            "format", Json.of(format.key()),
                            "from", Json.of(file.toAbsolutePath().normalize().toString()),
                            "as_of", Json.of(asOf.toString()))
                    .with("sha256", Json.of(Sha256.of(bytes).hex()));
            replace(format.key() + ".json", bytes);
            replace(
                    format.key() + ".about.json",
                    (JsonText.pretty(about) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot write the prices into " + folder + ": " + e.getMessage(), e);
        }
        return new PriceBook(format.key(), asOf, book.providers());
    }

    /** Returns the books on the shelf, the most believed first. */
    public List<PriceBook> books() {
        List<PriceBook> books = new ArrayList<>();
        for (Format format : Format.values()) {
            Path file = folder.resolve(format.key() + ".json");
            if (Files.exists(file)) {
                books.add(new PriceBook(
                        format.key(),
                        asOf(format),
                        format.read(JsonText.read(file), file.toString(), asOf(format))
                                .providers()));
            }
        }
        return books;
    }

    /** Returns the day on which a file was last changed, for want of a better date of its prices. */
    public static LocalDate changed(Path file) {
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return changed.atOffset(ZoneOffset.UTC).toLocalDate();
        } catch (NoSuchFileException e) {
            throw new RungException.WrongInput("there is no file " + file);
        } catch (IOException e) {
            throw new RungException.WrongInput("cannot read " + file + ": " + e.getMessage());
        }
    }

    private LocalDate asOf(Format format) {
        Path about = folder.resolve(format.key() + ".about.json");
        return LocalDate.parse(((Json.Obj) JsonText.read(about)).string("as_of"));
    }

    private void replace(String name, byte[] bytes) throws IOException {
        Path fresh = Files.createTempFile(folder, name, ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
