package dev.rung.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rung.compat.played.PlayedServer;
import dev.rung.compat.played.Say;
import dev.rung.compat.played.Vendor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every vendor's own client sees of what a vendor does wrong: before the first piece of text nothing, since the fallback answers; after it an exception of its own.
 */
@ParameterizedClass
@EnumSource(
        value = Clients.class,
        names = {"OPENAI_CHAT", "OPENAI_RESPONSES", "ANTHROPIC", "GEMINI"})
class FaultContractTest {
    private static final Say LOST = Say.words("These ", "words ", "break off");
    private static final Say FOUND = Say.words("The ", "fallback");
    private static final Ask ASK = Ask.of("Who is there?");

    private final Clients clients;

    FaultContractTest(Clients clients) {
        this.clients = clients;
    }

    static List<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            for (Upstream upstream : Upstream.values()) {
                if (upstream != Upstream.TASK) {
                    cells.add(Arguments.of(fault, upstream));
                }
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_fault_is_hidden_by_the_fallback_or_told_in_the_clients_words(Fault fault, Upstream upstream)
            throws Exception {
        Cells.Cell cell = new Cells.Cell(clients.title(), fault.title(), upstream.title());
        Cells.run(cell, fault.later() ? "told" : "fallback", () -> {
            if (fault.later()) {
                told(fault, upstream.vendor());
            } else {
                hidden(fault, upstream.vendor());
            }
        });
    }

    private void hidden(Fault fault, Vendor vendor) throws Exception {
        for (boolean streamed : fault.waits() ? new boolean[] {true} : new boolean[] {false, true}) {
            try (PlayedServer first = new PlayedServer((request, to) -> fault.play(vendor, LOST, streamed, to));
                    PlayedServer second = new PlayedServer(PlayedServer.saying(vendor, FOUND));
                    Running running = Running.withFallback(vendor, first, second);
                    Client client = clients.open(running.port(), "assistant-0", 0)) {
                Got got = streamed ? client.stream(ASK, piece -> {}) : client.chat(ASK);
                assertThat(got.text()).isEqualTo(FOUND.text());
                assertThat(first.requests()).hasSize(1);
                assertThat(second.requests()).hasSize(1);
            }
        }
    }

    private void told(Fault fault, Vendor vendor) throws Exception {
        List<String> pieces = new ArrayList<>();
        try (PlayedServer first = new PlayedServer((request, to) -> fault.play(vendor, LOST, true, to));
                PlayedServer second = new PlayedServer(PlayedServer.saying(vendor, FOUND));
                Running running = Running.withFallback(vendor, first, second);
                Client client = clients.open(running.port(), "assistant-0", 0)) {
            Failure failure = client.failure(catchThrowable(() -> client.stream(ASK, pieces::add)));
            assertThat(failure.said()).contains(fault.word());
            assertThat(pieces).containsExactly(LOST.words().getFirst());
            assertThat(second.requests()).isEmpty();
        }
    }
}
