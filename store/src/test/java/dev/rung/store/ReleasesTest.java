package dev.rung.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.TaskName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ReleasesTest {
    private static final TaskName TASK = new TaskName("support-routing");

    @TempDir
    private Path state;

    @Test
    void a_release_is_a_folder_and_a_row_that_agree() throws IOException {
        try (Ledger ledger = Ledger.open(state)) {
            Release made = publish(ledger, TASK);
            Path folder = ledger.releases().folder(made.id());

            assertThat(made.id().value()).isEqualTo("support-routing-1");
            assertThat(ledger.releases().find(made.id())).contains(made);
            assertThat(Sha256.of(Files.readAllBytes(folder.resolve("certificate.json"))))
                    .isEqualTo(made.certificate());
            assertThat(Sha256.of(Files.readAllBytes(folder.resolve("solution.json"))))
                    .isEqualTo(made.solution().hash());
            assertThat(Files.readString(folder.resolve("artifacts/student.bin")))
                    .isEqualTo("weights");
            assertThat(Files.readString(folder.resolve("outcomes/student.jsonl")))
                    .isEqualTo("{}\n");
            assertThat(Files.readString(folder.resolve("report.html"))).contains("support-routing-1");
        }
    }

    @Test
    void releases_are_listed_by_task_and_their_numbers_count_from_one_for_each() throws IOException {
        try (Ledger ledger = Ledger.open(state)) {
            publish(ledger, TASK);
            publish(ledger, new TaskName("other"));
            publish(ledger, TASK);
            assertThat(ledger.releases().of(TASK))
                    .extracting(release -> release.id().value())
                    .containsExactly("support-routing-1", "support-routing-2");
            assertThat(ledger.releases().all()).hasSize(3);
        }
    }

    @Test
    void a_failure_while_building_leaves_nothing_but_a_number_that_is_not_given_again() throws IOException {
        try (Ledger ledger = Ledger.open(state)) {
            Path weights = weights();
            Solution wrongHash = solution(Sha256.of("other weights"));
            assertThatThrownBy(() -> ledger.releases().publish(TASK, id -> contents(id, wrongHash, weights)))
                    .isInstanceOf(RungException.Corrupt.class)
                    .hasMessageContaining("has changed");
            assertThat(folders()).isEmpty();
            assertThat(ledger.releases().all()).isEmpty();
            assertThat(publish(ledger, TASK).id().value()).isEqualTo("support-routing-2");
        }
    }

    @Test
    void a_folder_whose_row_was_never_written_is_swept_but_a_lost_ledgers_release_is_kept() throws IOException {
        Path orphan = state.resolve("releases/support-routing-1");
        try (Ledger ledger = Ledger.open(state)) {
            Path weights = weights();
            // The number is given, the folder appears, and the process dies before the row: the same as a failure after
            // the move.
            assertThatThrownBy(() -> ledger.releases().publish(TASK, id -> {
                        throw new IllegalStateException("died");
                    }))
                    .hasMessage("died");
            ReleaseFolder.write(
                    orphan, contents(new ReleaseId("support-routing-1"), solution(Sha256.of("weights")), weights));
            Files.createDirectories(state.resolve("releases/support-routing-7"));
            Files.createDirectories(state.resolve("releases/.building-x/artifacts"));
        }
        try (Ledger ledger = Ledger.open(state)) {
            assertThat(folders()).containsExactly("support-routing-7");
            for (int i = 0; i < 6; i++) {
                publish(ledger, TASK);
            }
            assertThat(ledger.releases().of(TASK).getLast().id().value()).isEqualTo("support-routing-8");
        }
        Ledger.open(state).close();
        assertThat(folders()).contains("support-routing-7");
    }

    @Test
    void names_cannot_lead_out_of_the_release() {
        Path anywhere = state.resolve("x");
        for (String name : List.of("../x", "/x", "a/../../x", "")) {
            SequencedMap<String, Sha256> artifacts = new LinkedHashMap<>(Map.of(name, Sha256.of("x")));
            Solution solution = new Solution(Rung.DISTIL, "s", "student", Json.object(), artifacts);
            assertThatThrownBy(() -> new ReleaseContents(solution, Map.of(name, anywhere), Json.object(), Map.of(), ""))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void promotion_and_rollback_walk_a_stack_and_keep_its_history() throws IOException {
        try (Ledger ledger = Ledger.open(state)) {
            Releases releases = ledger.releases();
            Release one = publish(ledger, TASK);
            Release two = publish(ledger, TASK);
            Release three = publish(ledger, TASK);
            assertThat(releases.promoted(TASK)).isEmpty();
            assertThatThrownBy(() -> releases.rollback(TASK)).hasMessageContaining("nothing to roll back");

            releases.promote(one.id());
            releases.promote(two.id());
            releases.promote(two.id());
            releases.promote(three.id());
            assertThat(releases.rollback(TASK)).isEqualTo(two);
            assertThat(releases.rollback(TASK)).isEqualTo(one);
            assertThat(releases.promoted(TASK)).contains(one);
            assertThatThrownBy(() -> releases.rollback(TASK))
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageContaining("support-routing-1 is the first release");
            releases.promote(three.id());
            assertThat(releases.rollback(TASK)).isEqualTo(one);

            assertThat(releases.history(TASK))
                    .extracting(event -> event.kind() + " " + event.before() + " -> " + event.release())
                    .containsExactly(
                            "PROMOTED null -> support-routing-1",
                            "PROMOTED support-routing-1 -> support-routing-2",
                            "PROMOTED support-routing-2 -> support-routing-3",
                            "ROLLED_BACK support-routing-3 -> support-routing-2",
                            "ROLLED_BACK support-routing-2 -> support-routing-1",
                            "PROMOTED support-routing-1 -> support-routing-3",
                            "ROLLED_BACK support-routing-3 -> support-routing-1");
        }
    }

    @Test
    void an_unknown_release_is_refused_by_name() {
        try (Ledger ledger = Ledger.open(state)) {
            assertThatThrownBy(() -> ledger.releases().promote(new ReleaseId("support-routing-9")))
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageContaining("support-routing-9")
                    .hasMessageContaining("climb first");
        }
    }

    @Test
    void promotions_from_many_sides_at_once_leave_one_release_in_force_and_an_unbroken_history() throws Exception {
        try (Ledger here = Ledger.open(state);
                Ledger there = Ledger.open(state);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Release> made = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                made.add(publish(here, TASK));
            }
            here.releases().promote(made.getFirst().id());
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Releases releases = (i % 2 == 0 ? here : there).releases();
                Release release = made.get(i % 4);
                boolean back = i % 5 == 4;
                work.add(threads.submit(() -> {
                    if (!back) {
                        return releases.promote(release.id());
                    }
                    try {
                        return releases.rollback(TASK);
                    } catch (RungException.WrongInput nothingBefore) {
                        return release;
                    }
                }));
                work.add(
                        threads.submit(() -> assertThat(releases.promoted(TASK)).isPresent()));
            }
            for (Future<?> each : work) {
                each.get();
            }
            List<ReleaseEvent> history = here.releases().history(TASK);
            for (int i = 1; i < history.size(); i++) {
                assertThat(history.get(i).before()).isEqualTo(history.get(i - 1).release());
            }
            assertThat(there.releases().promoted(TASK))
                    .hasValueSatisfying(
                            r -> assertThat(r.id()).isEqualTo(history.getLast().release()));
        }
    }

    @Test
    void releases_published_at_once_never_share_a_number() throws Exception {
        Set<ReleaseId> ids = ConcurrentHashMap.newKeySet();
        try (Ledger here = Ledger.open(state);
                Ledger there = Ledger.open(state);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Ledger ledger = i % 2 == 0 ? here : there;
                work.add(threads.submit(() -> ids.add(publish(ledger, TASK).id())));
            }
            for (Future<Boolean> each : work) {
                assertThat(each.get()).isTrue();
            }
            assertThat(here.releases().of(TASK)).hasSize(12);
        }
    }

    @Test
    void a_kill_while_publishing_leaves_only_whole_releases() throws Exception {
        for (int round = 0; round < 4; round++) {
            try (Subprocess publisher = Subprocess.run(Publisher.class, state.toString())) {
                publisher.line();
                Thread.sleep(3 + 11 * round);
                publisher.kill();
            }
            try (Ledger ledger = Ledger.open(state)) {
                List<Release> rows = ledger.releases().of(TASK);
                assertThat(folders())
                        .containsExactlyInAnyOrderElementsOf(rows.stream()
                                .map(release -> release.id().value())
                                .toList());
                for (Release release : rows) {
                    Path folder = ledger.releases().folder(release.id());
                    assertThat(Sha256.of(Files.readAllBytes(folder.resolve("certificate.json"))))
                            .isEqualTo(release.certificate());
                    assertThat(folder.resolve("artifacts/student.bin")).hasContent("weights");
                    assertThat(folder.resolve("report.html")).exists();
                }
            }
        }
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> entries = Files.list(state.resolve("releases"))) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @BeforeEach
    void writeWeights() throws IOException {
        Files.writeString(state.resolve("weights"), "weights");
    }

    private Path weights() {
        return state.resolve("weights");
    }

    private Release publish(Ledger ledger, TaskName task) throws IOException {
        Path weights = weights();
        return ledger.releases().publish(task, id -> contents(id, solution(Sha256.of("weights")), weights));
    }

    private static Solution solution(Sha256 weights) {
        SequencedMap<String, Sha256> artifacts = new LinkedHashMap<>(Map.of("student.bin", weights));
        return new Solution(Rung.DISTIL, "student", "student", Json.object("bias", Json.of(0.25)), artifacts);
    }

    private static ReleaseContents contents(ReleaseId id, Solution solution, Path weights) {
        return new ReleaseContents(
                solution,
                Map.of("student.bin", weights),
                Json.object("release", Json.of(id.value())),
                Map.of("student.jsonl", "{}\n".getBytes(StandardCharsets.UTF_8)),
                "<title>" + id + "</title>");
    }

    /** Publishes releases for ever and prints each. */
    static final class Publisher {
        public static void main(String[] arguments) throws IOException {
            Path state = Path.of(arguments[0]);
            Path weights = Files.writeString(state.resolve("weights"), "weights");
            try (Ledger ledger = Ledger.open(state)) {
                while (true) {
                    System.out.println(ledger.releases()
                            .publish(TASK, id -> contents(id, solution(Sha256.of("weights")), weights))
                            .id());
                }
            }
        }
    }
}
