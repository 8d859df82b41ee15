package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.models.prices.PriceShelf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The price books of a state folder, read while the server starts, so that it need not wait for them; thread-safe. */
final class ImportedPrices {
    private final Thread reading;
    private volatile List<PriceBook> books = List.of();
    private volatile @Nullable RungException failure;

    /** Begins to read; {@code say} is told of books that cannot be read, and of those that are old. */
    ImportedPrices(Path home, Consumer<String> say) {
        this.reading = Thread.ofVirtual().name("price-books").start(() -> read(home, say));
    }

    private void read(Path home, Consumer<String> say) {
        try {
            books = new PriceShelf(home).books();
            for (PriceBook book : books) {
                book.staleness(Instant.now()).ifPresent(warning -> say.accept("warning: " + warning));
            }
        } catch (RungException e) {
            failure = e;
            say.accept("warning: prices are unknown: " + e.getMessage());
        }
    }

    /** Returns the books, when they are read. */
    List<PriceBook> books() {
        boolean interrupted = false;
        while (true) {
            try {
                reading.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // they will be there in a moment
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure == null ? books : List.of();
    }
}
