package dev.rung.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every request that the gateway took; thread-safe. */
public final class Requests {
    private static final String INSERT = """
            INSERT INTO requests (at, request, trace, key_name, team, person, tags, dialect, operation, model, target, upstream, tried,
              attempts, streamed, status, error, ending, abstained, input_tokens, cached_tokens, written_tokens, output_tokens, reasoning_tokens,
              price, price_note, cache, cache_saved, first_byte_us, total_us, asked, answered)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Database database;

    Requests(Database database) {
        this.database = database;
    }

    /** By what use is summed up. */
    public enum By {
        /** The task or model that callers name. */
        MODEL("model"),
        /** What answered. */
        TARGET("coalesce(target, '')"),
        KEY("coalesce(key_name, '')"),
        TEAM("coalesce(team, '')"),
        USER("coalesce(person, '')"),
        TAGS("coalesce(tags, '')"),
        /** In UTC. */
        DAY("date(at / 1000, 'unixepoch')"),
        STATUS("cast(status AS TEXT)"),
        CACHE("coalesce(cache, '')");

        private final String column;

        By(String column) {
            this.column = column;
        }
    }

    /**
     * What the requests of one group used together.
     *
     * @param group the values by which it was grouped
     * @param unsure how many were answered by a release that said it does not know
     * @param price of those requests whose price is known, in millionths of a millionth of a dollar
     * @param unpriced how many requests have a price that is unknown
     */
    public record Sum(
            List<String> group,
            long requests,
            long failed,
            long unsure,
            long inputTokens,
            long cachedTokens,
            long outputTokens,
            long price,
            long unpriced,
            long totalMicros) {}

    /**
     * Writes rows in one transaction that survives the death of this process.
     *
     * @param durably whether it must survive a loss of power too
     */
    public void add(List<RequestRow> rows, boolean durably) {
        if (rows.isEmpty()) {
            return;
        }
        Database.Work<Boolean> work = connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (RequestRow row : rows) {
                    bind(insert, row);
                    insert.executeUpdate();
                }
            }
            return true;
        };
        if (durably) {
            database.writeDurably(work);
        } else {
            database.write(work);
        }
    }

    /** Returns how many requests there are. */
    public long count() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM requests")) {
                ResultSet result = query.executeQuery();
                result.next();
                return result.getLong(1);
            }
        });
    }

    /** Returns what was used from {@code from} to before {@code to}, the dearest group first; by day, the first day first. */
    public List<Sum> sums(List<By> by, Instant from, Instant to) {
        String columns = String.join(", ", by.stream().map(each -> each.column).toList());
        String order = by.contains(By.DAY) ? columns : "sum(price) DESC, " + columns;
        return database.read(connection -> {
            List<Sum> sums = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT " + columns
                    + ", count(*), sum(status >= 400 OR ending <> 'complete'), coalesce(sum(abstained), 0), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0),"
                    + " coalesce(sum(output_tokens), 0), coalesce(sum(price), 0), sum(price IS NULL), sum(total_us)"
                    + " FROM requests WHERE at >= ? AND at < ? GROUP BY " + columns + " ORDER BY " + order)) {
                query.setLong(1, from.toEpochMilli());
                query.setLong(2, to.toEpochMilli());
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    List<String> group = new ArrayList<>();
                    for (int i = 1; i <= by.size(); i++) {
                        group.add(result.getString(i));
                    }
                    int at = by.size();
                    sums.add(new Sum(
                            group,
                            result.getLong(at + 1),
                            result.getLong(at + 2),
                            result.getLong(at + 3),
                            result.getLong(at + 4),
                            result.getLong(at + 5),
                            result.getLong(at + 6),
                            result.getLong(at + 7),
                            result.getLong(at + 8),
                            result.getLong(at + 9)));
                }
            }
            return sums;
        });
    }

    /**
     * What a provider's prompt cache did for the requests of one model at one target.
     *
     * @param inputTokens all of them, those read from the cache included
     * @param saved by reading, less what writing cost, over the requests of which it is known, in millionths of a millionth of a dollar
     * @param unknown how many requests used the cache at a price that is not known
     */
    public record PromptCache(
            String model,
            String target,
            long requests,
            long inputTokens,
            long readTokens,
            long writtenTokens,
            long saved,
            long unknown) {}

    /** Returns what prompt caches did from {@code from} to before {@code to}, the most saved first; answered requests of upstreams alone. */
    public List<PromptCache> promptCaches(Instant from, Instant to) {
        return database.read(connection -> {
            List<PromptCache> caches = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT model, target, count(*), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0),
                      coalesce(sum(written_tokens), 0), coalesce(sum(cache_saved), 0),
                      sum(cache_saved IS NULL AND coalesce(cached_tokens, 0) + coalesce(written_tokens, 0) > 0)
                    FROM requests
                    WHERE at >= ? AND at < ? AND operation = 'generate' AND input_tokens > 0 AND target IS NOT NULL
                      AND upstream NOT IN ('release', 'local')
                    GROUP BY model, target ORDER BY sum(cache_saved) DESC, model, target""")) {
                query.setLong(1, from.toEpochMilli());
                query.setLong(2, to.toEpochMilli());
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    caches.add(new PromptCache(
                            result.getString(1),
                            result.getString(2),
                            result.getLong(3),
                            result.getLong(4),
                            result.getLong(5),
                            result.getLong(6),
                            result.getLong(7),
                            result.getLong(8)));
                }
            }
            return caches;
        });
    }

    /**
     * Returns what a scope used since a time: requests, tokens, and the sum of the known prices.
     *
     * @param who null for everybody
     */
    public Used used(@Nullable Who who, Instant since) {
        String where = who == null ? "" : " AND " + who.kind().condition;
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT count(*), coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)), 0), coalesce(sum(price), 0)"
                            + " FROM requests WHERE at >= ?" + where)) {
                query.setLong(1, since.toEpochMilli());
                if (who != null) {
                    query.setString(2, who.name());
                }
                ResultSet result = query.executeQuery();
                result.next();
                return new Used(result.getLong(1), result.getLong(2), result.getLong(3));
            }
        });
    }

    /** One caller, or a group of callers. */
    public record Who(Kind kind, String name) {
        /** What a name is of. */
        public enum Kind {
            KEY("key_name = ?"),
            TEAM("team = ?"),
            USER("person = ?"),
            TAG("(',' || tags || ',') LIKE ('%,' || ? || ',%')");

            private final String condition;

            Kind(String condition) {
                this.condition = condition;
            }
        }
    }

    /** Sums of requests, tokens and prices. */
    public record Used(long requests, long tokens, long price) {}

    /** Returns the newest requests, the newest first. */
    public List<RequestRow> newest(int most) {
        return database.read(connection -> {
            List<RequestRow> rows = new ArrayList<>();
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM requests ORDER BY id DESC LIMIT ?")) {
                query.setInt(1, most);
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        });
    }

    private static void bind(PreparedStatement to, RequestRow row) throws SQLException {
        to.setLong(1, row.at());
        to.setString(2, row.request());
        to.setString(3, row.trace());
        to.setString(4, row.key());
        to.setString(5, row.team());
        to.setString(6, row.user());
        to.setString(7, row.tags());
        to.setString(8, row.dialect());
        to.setString(9, row.operation());
        to.setString(10, row.model());
        to.setString(11, row.target());
        to.setString(12, row.upstream());
        to.setString(13, row.tried());
        to.setInt(14, row.attempts());
        to.setInt(15, row.streamed() ? 1 : 0);
        to.setInt(16, row.status());
        to.setString(17, row.error());
        to.setString(18, row.ending());
        Boolean abstained = row.abstained();
        number(to, 19, abstained == null ? null : abstained ? 1L : 0L);
        number(to, 20, row.inputTokens());
        number(to, 21, row.cachedTokens());
        number(to, 22, row.writtenTokens());
        number(to, 23, row.outputTokens());
        number(to, 24, row.reasoningTokens());
        number(to, 25, row.price());
        to.setString(26, row.priceNote());
        to.setString(27, row.cache());
        number(to, 28, row.cacheSaved());
        number(to, 29, row.firstByteMicros());
        to.setLong(30, row.totalMicros());
        to.setBytes(31, row.asked());
        to.setBytes(32, row.answered());
    }

    private static void number(PreparedStatement to, int at, @Nullable Long value) throws SQLException {
        if (value == null) {
            to.setNull(at, Types.INTEGER);
        } else {
            to.setLong(at, value);
        }
    }

    private static @Nullable Long number(ResultSet from, String column) throws SQLException {
        long value = from.getLong(column);
        return from.wasNull() ? null : value;
    }

    private static @Nullable Boolean bool(ResultSet from, String column) throws SQLException {
        Long value = number(from, column);
        return value == null ? null : value == 1;
    }

    private static RequestRow row(ResultSet from) throws SQLException {
        return new RequestRow(
                from.getLong("at"),
                from.getString("request"),
                from.getString("trace"),
                from.getString("key_name"),
                from.getString("team"),
                from.getString("person"),
                from.getString("tags"),
                from.getString("dialect"),
                from.getString("operation"),
                from.getString("model"),
                from.getString("target"),
                from.getString("upstream"),
                from.getString("tried"),
                from.getInt("attempts"),
                from.getInt("streamed") == 1,
                from.getInt("status"),
                from.getString("error"),
                from.getString("ending"),
                bool(from, "abstained"),
                number(from, "input_tokens"),
                number(from, "cached_tokens"),
                number(from, "written_tokens"),
                number(from, "output_tokens"),
                number(from, "reasoning_tokens"),
                number(from, "price"),
                from.getString("price_note"),
                from.getString("cache"),
                number(from, "cache_saved"),
                number(from, "first_byte_us"),
                from.getLong("total_us"),
                from.getBytes("asked"),
                from.getBytes("answered"));
    }
}
