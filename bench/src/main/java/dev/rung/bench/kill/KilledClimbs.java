package dev.rung.bench.kill;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Climbs once undisturbed, and once killed with SIGKILL at five random moments and finished, each in a state folder of its own, and compares what the two paid
 * for and decided.
 *
 * <p>Arguments: the launcher ({@code ./rung}), the task's folder, a folder for the state (made anew), and the seed of the moments, 1 by default. Ends with code 1
 * when the two differ. A latency bar is measured anew in each climb, so a candidate on the edge of one may be stopped some rows earlier or later.
 */
public final class KilledClimbs {
    private static final int KILLS = 5;
    private static final long LONGEST_CALL_MILLIS = 1_000;
    private static final long POLL_MILLIS = 20;

    private final List<String> command;

    private KilledClimbs(String launcher, String task) {
        command = List.of(launcher, "climb", task, "--json", "--offline", "--home");
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        if (args.length < 3) {
            System.err.println("usage: KilledClimbs LAUNCHER TASK_FOLDER STATE_FOLDER [SEED]");
            System.exit(2);
        }
        Path state = Files.createDirectories(Path.of(args[2]));
        KilledClimbs bench = new KilledClimbs(args[0], args[1]);
        long start = System.nanoTime();
        Json.Obj undisturbed = bench.climb(state.resolve("undisturbed"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Contents before = Contents.of(state.resolve("undisturbed"));
        System.out.printf(Locale.ROOT, "undisturbed: %.1f s, %s%n", took.toMillis() / 1e3, before);
        SplittableRandom random = new SplittableRandom(args.length > 3 ? Long.parseLong(args[3]) : 1);
        Path killed = state.resolve("killed");
        for (int calls : moments(before.calls().size(), random)) {
            double seconds = bench.kill(killed, calls, random.nextLong(LONGEST_CALL_MILLIS));
            System.out.printf(
                    Locale.ROOT, "killed after %.1f s, at call %d: %s%n", seconds, calls, Contents.of(killed));
        }
        Json.Obj finished = bench.climb(killed);
        Contents after = Contents.of(killed);
        System.out.println("finished: " + after);
        List<String> differences = differences(undisturbed, finished, before, after);
        System.out.println(
                differences.isEmpty()
                        ? "equal: model calls, error draws, decisions, releases"
                        : "DIFFERENT: " + String.join("; ", differences));
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    /** Returns as many numbers of saved calls, each before the last call, as there are kills: so each kill meets a climb that is at work. */
    private static Set<Integer> moments(int calls, SplittableRandom random) {
        if (calls <= KILLS) {
            throw new IllegalStateException(
                    "a climb of " + calls + " model calls cannot be killed " + KILLS + " times");
        }
        Set<Integer> moments = new TreeSet<>();
        while (moments.size() < KILLS) {
            moments.add(random.nextInt(calls));
        }
        return moments;
    }

    private Json.Obj climb(Path home) throws IOException, InterruptedException {
        Process process = start(home);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0 && code != 3 && code != 4) {
            throw new IllegalStateException("the climb ended with code " + code);
        }
        return (Json.Obj) JsonText.parse(out);
    }

    /** Kills a climb some time after so many calls were saved, and returns how long it had run, in seconds. */
    private double kill(Path home, int calls, long afterMillis) throws IOException, InterruptedException, SQLException {
        long start = System.nanoTime();
        Process process = start(home);
        while (Contents.of(home).calls().size() < calls) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the climb ended before its call " + calls);
            }
        }
        if (process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the climb ended before it was killed");
        }
        process.toHandle().destroyForcibly(); // SIGKILL; the launcher has become the JVM
        process.waitFor();
        return (System.nanoTime() - start) / 1e9;
    }

    private Process start(Path home) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.add(home.toString());
        return new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> differences(Json.Obj first, Json.Obj second, Contents before, Contents after) {
        List<String> differences = new ArrayList<>();
        if (!before.calls().equals(after.calls())) {
            Set<String> only = new TreeSet<>(before.calls());
            only.removeAll(after.calls());
            differences.add(before.calls().size() + " model calls and "
                    + after.calls().size() + ", of which " + (before.calls().size() - only.size()) + " are the same");
        }
        if (!before.draws().equals(after.draws())) {
            differences.add("error draws " + before.draws() + " and " + after.draws());
        }
        if (before.releases() != after.releases()) {
            differences.add(before.releases() + " and " + after.releases() + " releases");
        }
        if (!decisions(first).equals(decisions(second))) {
            differences.add("decisions " + decisions(first) + " and " + decisions(second));
        }
        return differences;
    }

    private static List<String> decisions(Json.Obj climb) {
        List<String> decisions = new ArrayList<>();
        for (Json line : climb.array("candidates")) {
            Json.Obj candidate = (Json.Obj) line;
            decisions.add(candidate.get("rung") + " " + candidate.get("name") + " " + candidate.get("verdict"));
        }
        decisions.add(climb.string("verdict"));
        return decisions;
    }

    /** What a state folder holds: the keys of all calls that were paid for, the draws on the error budget, and how many releases. */
    private record Contents(Set<String> calls, List<String> draws, int releases) {
        static Contents of(Path home) throws SQLException {
            Path ledger = home.resolve("ledger.db");
            if (!Files.exists(ledger)) {
                return new Contents(Set.of(), List.of(), 0); // killed before it opened one
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                    Statement statement = connection.createStatement()) {
                if (!statement
                        .executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'releases'")
                        .next()) {
                    return new Contents(Set.of(), List.of(), 0); // killed, or asked, before the tables were there
                }
                Set<String> calls = new TreeSet<>();
                List<String> draws = new ArrayList<>();
                ResultSet keys = statement.executeQuery("SELECT call_key FROM calls");
                while (keys.next()) {
                    calls.add(HexFormat.of().formatHex(keys.getBytes(1)));
                }
                ResultSet drawn = statement.executeQuery("SELECT test, amount FROM error_draws ORDER BY id");
                while (drawn.next()) {
                    draws.add(drawn.getString(1) + " " + drawn.getDouble(2));
                }
                ResultSet releases = statement.executeQuery("SELECT count(*) FROM releases");
                releases.next();
                return new Contents(calls, draws, releases.getInt(1));
            }
        }

        @Override
        public String toString() {
            return calls.size() + " model calls, " + draws.size() + " draws, " + releases + " releases";
        }
    }
}
