package dev.rung.store;

import dev.rung.core.RungException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * An SQLite file; thread-safe.
 *
 * <p>One connection reads and another writes, each used by one thread at a time, so that a reader never waits for another process's write. In WAL mode a
 * committed transaction lies in the operating system's hands and thus survives the death of this process; {@link #writeDurably} also waits for the disk.
 */
final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private @Nullable Connection reader;
    private final Connection writer;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    private Database(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Work on a connection, inside a transaction where it writes. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Work that returns nothing. */
    @FunctionalInterface
    interface Change {
        void on(Connection connection) throws SQLException;
    }

    static Database open(Path file, Schema schema) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot make the state folder for " + file + ": " + e.getMessage(), e);
        }
        try {
            Connection writer = connect(file, SQLiteConfig.TransactionMode.IMMEDIATE);
            try {
                schema.migrate(writer, file);
                return new Database(file, writer);
            } catch (SQLException | RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    <T> T read(Work<T> work) {
        reading.lock();
        try {
            if (reader == null) {
                reader = connect(file, SQLiteConfig.TransactionMode.DEFERRED);
                reader.setAutoCommit(false);
            }
            try {
                return work.on(reader);
            } finally {
                reader.rollback();
            }
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            reading.unlock();
        }
    }

    /** Runs {@code work} in a transaction of its own that survives the death of this process. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            return transaction(work);
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            writing.unlock();
        }
    }

    /** Runs {@code work}, which returns nothing, as {@link #write} does. */
    void change(Change work) {
        write(connection -> {
            work.on(connection);
            return true;
        });
    }

    /** Runs {@code work}, which is a single statement and so needs no transaction around it, as {@link #write} does. */
    void statement(Change work) {
        writing.lock();
        try {
            work.on(writer);
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            writing.unlock();
        }
    }

    /** Runs {@code work} in a transaction of its own that survives a loss of power. */
    <T> T writeDurably(Work<T> work) {
        writing.lock();
        try {
            pragma("synchronous=FULL");
            try {
                return transaction(work);
            } finally {
                pragma("synchronous=NORMAL");
            }
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            writing.unlock();
        }
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        writer.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.on(writer);
            writer.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                writer.rollback();
            }
            writer.setAutoCommit(true);
        }
    }

    private void pragma(String setting) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA " + setting);
        }
    }

    @Override
    public void close() {
        reading.lock();
        writing.lock();
        try {
            if (reader != null) {
                reader.close();
            }
            writer.close();
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }

    // Two processes that turn a fresh file to WAL at the same time can get SQLITE_BUSY at once, whatever the busy
    // timeout: SQLite refuses to wait there.
    private static Connection connect(Path file, SQLiteConfig.TransactionMode mode) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(mode);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // the driver would look them up after each statement
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
            } catch (SQLiteException e) {
                if (!busy(e.getResultCode()) || System.nanoTime() > giveUp) {
                    throw e;
                }
                Pause.briefly();
            }
        }
    }

    private static boolean busy(SQLiteErrorCode code) {
        int primary = code.code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    private static RuntimeException failure(Path file, SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return new IllegalStateException("the ledger " + file + " is used after it was closed, or wrongly", e);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        int primary = code.code & 0xff;
        if (busy(code)) {
            return new RungException.Unavailable(
                    "another process has held " + file + " for " + PATIENCE.toSeconds() + " s; end it, or try again",
                    e);
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new RungException.Corrupt(
                    file + " is not a sound ledger (" + e.getMessage() + "); restore it from a copy, or move it away",
                    e);
        }
        if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code || primary == SQLiteErrorCode.SQLITE_ERROR.code) {
            return new IllegalStateException("the ledger refused a statement: " + e.getMessage(), e);
        }
        return new RungException.Unavailable("cannot use the ledger " + file + ": " + e.getMessage(), e);
    }
}
