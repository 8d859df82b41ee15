package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GramTableTest {
    @Test
    void a_growing_table_agrees_with_a_hash_map() {
        GramTable table = new GramTable(4);
        Map<Long, Integer> reference = new HashMap<>();
        Random random = new Random(8);
        for (int i = 0; i < 200_000; i++) {
            long key = 1 + random.nextInt(30_000) * 0x100000001L;
            table.add(key, 1);
            reference.merge(key, 1, Integer::sum);
        }
        assertThat(table.size()).isEqualTo(reference.size());
        Map<Long, Integer> found = new HashMap<>();
        table.forEach(found::put);
        assertThat(found).isEqualTo(reference);
        assertThat(table.get(2, -7)).isEqualTo(-7);
    }
}
