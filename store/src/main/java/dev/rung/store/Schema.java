package dev.rung.store;

import dev.rung.core.RungException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a file, and how one written by an older version gets to the newest, one step a version.
 *
 * @param application what tells our files from other SQLite files
 * @param steps the script that leads to version n stands at index n - 1; scripts are only ever added
 */
record Schema(int application, List<String> steps) {
    /** The ledger of climbs and releases; "RUNG" in ASCII. */
    static final Schema LEDGER = new Schema(0x52554E47, List.of("ledger-1.sql", "ledger-2.sql"));

    /** The keys and the traffic of the gateway; "RUNH". */
    static final Schema TRAFFIC = new Schema(0x52554E48, List.of("traffic-1.sql", "traffic-2.sql", "traffic-3.sql"));

    int version() {
        return steps.size();
    }

    void migrate(Connection connection, Path file) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            int found = number(statement, "PRAGMA user_version");
            check(statement, file, found);
            for (int version = found + 1; version <= steps.size(); version++) {
                for (String command : script(steps.get(version - 1)).split(";\\s*(\n|$)")) {
                    statement.execute(command);
                }
            }
            if (found < steps.size()) {
                statement.execute("PRAGMA application_id = " + application);
                statement.execute("PRAGMA user_version = " + steps.size());
            }
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private void check(Statement statement, Path file, int found) throws SQLException {
        int stamped = number(statement, "PRAGMA application_id");
        boolean empty = number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && stamped != application) {
            throw new RungException.Corrupt(file + " is an SQLite file of another program; move it away");
        }
        if (found > steps.size()) {
            throw new RungException.WrongInput(file + " was written by a newer Rung: found version " + found
                    + ", expected at most " + steps.size() + ". Use that Rung, or another state folder.");
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
