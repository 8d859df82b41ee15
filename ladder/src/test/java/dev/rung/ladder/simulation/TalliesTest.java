package dev.rung.ladder.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalliesTest {
    private static final Sha256 CODE = Sha256.of("code");

    @TempDir
    private Path folder;

    @Test
    void a_run_goes_on_where_one_before_it_ended_and_comes_to_the_same() throws IOException {
        Path file = folder.resolve("counts");
        AtomicInteger worlds = new AtomicInteger();
        Crowd.World world = (chance, counts) -> {
            worlds.incrementAndGet();
            counts[chance.below(3)]++;
        };
        new Crowd(7, 2, Tallies.in(file, CODE)).tally("dice", 40, 3, world);
        Files.writeString(file, "dice 7\t9", StandardOpenOption.APPEND); // killed in the middle of a line
        long[] resumed = new Crowd(7, 1, Tallies.in(file, CODE)).tally("dice", 100, 3, world);
        assertThat(worlds).hasValue(100);
        assertThat(resumed).containsExactly(new Crowd(7, 3).tally("dice", 100, 3, world));
    }

    @Test
    void counts_of_other_code_or_of_another_seed_are_not_taken() {
        Path file = folder.resolve("counts");
        AtomicInteger worlds = new AtomicInteger();
        Crowd.World world = (chance, counts) -> worlds.incrementAndGet();
        new Crowd(7, 1, Tallies.in(file, CODE)).tally("dice", 10, 1, world);
        new Crowd(8, 1, Tallies.in(file, CODE)).tally("dice", 10, 1, world);
        new Crowd(7, 1, Tallies.in(file, Sha256.of("other code"))).tally("dice", 10, 1, world);
        assertThat(worlds).hasValue(30);
    }
}
