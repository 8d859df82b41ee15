package dev.rung.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Price;
import dev.rung.core.model.Tenant;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.route.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GovernedReleaseTest {
    private static final String QUESTION =
            "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Settlement> settled = new ArrayList<>();
    private final List<Settlement> released = new ArrayList<>();

    /** Writes everything down, and charges a cent. */
    private final class Recording implements Governor, Grant {
        @Override
        public Grant admit(Proposal proposal) {
            proposals.add(proposal);
            return this;
        }

        @Override
        public Map<String, String> settle(Settlement settlement) {
            settled.add(settlement);
            return Map.of("x-rung-charged", "0.01");
        }

        @Override
        public void release(Settlement settlement) {
            released.add(settlement);
        }
    }

    private static Response ask(Releases releases, Governor governor, String... headers) throws IOException {
        try (Gateway gateway = Gateway.start(
                        GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, governor, new RecordingLog());
                RawClient client = new RawClient(gateway.port())) {
            return client.send(RawClient.post("/v1/chat/completions", QUESTION, headers))
                    .response();
        }
    }

    @Test
    void an_answer_of_a_release_is_admitted_with_the_callers_key_and_settled_with_its_price() throws IOException {
        try (Releases releases = new Releases()) {
            releases.promote(TestTasks.echo());

            Response response = ask(releases, new Recording(), "Authorization: Bearer rung-key-1");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-rung-charged")).isEqualTo("0.01");
        }
        assertThat(proposals).singleElement().satisfies(proposal -> {
            assertThat(proposal.credential()).isEqualTo("rung-key-1");
            assertThat(proposal.model()).isEqualTo("echo");
            assertThat(new String(proposal.body().array(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(QUESTION);
            assertThat(proposal.targets()).singleElement().satisfies(target -> {
                assertThat(target.isRelease()).isTrue();
                assertThat(target.name()).isEqualTo("echo-7");
            });
        });
        assertThat(settled).singleElement().satisfies(settlement -> {
            assertThat(settlement.end()).isEqualTo(Settlement.End.COMPLETE);
            assertThat(settlement.use())
                    .isInstanceOfSatisfying(
                            Settlement.Use.Priced.class,
                            use -> assertThat(use.price()).isInstanceOf(Price.Known.class));
        });
        assertThat(released).isEmpty();
    }

    @Test
    void a_release_answers_on_behalf_of_the_callers_tenant() throws IOException {
        List<String> tenants = new ArrayList<>();
        try (Releases releases = new Releases()) {
            releases.promote(TestTasks.served("echo", 7, new OutputContract.Text(), TestTasks.answering(input -> {
                tenants.add(Tenant.current());
                return new Output.Text(input);
            })));
            assertThat(ask(releases, proposal -> new Grant() {
                                @Override
                                public String tenant() {
                                    return "team:search";
                                }

                                @Override
                                public Map<String, String> settle(Settlement settlement) {
                                    return Map.of();
                                }

                                @Override
                                public void release(Settlement settlement) {}
                            })
                            .status())
                    .isEqualTo(200);
        }
        assertThat(tenants).containsExactly("team:search");
    }

    @Test
    void a_release_that_fails_gives_the_reservation_back() throws IOException {
        try (Releases releases = new Releases()) {
            releases.promote(
                    TestTasks.served("echo", 7, new OutputContract.Text(), TestTasks.answering(input -> broken())));

            assertThat(ask(releases, new Recording()).status()).isEqualTo(500);
        }
        assertThat(settled).isEmpty();
        assertThat(released)
                .singleElement()
                .satisfies(settlement -> assertThat(settlement.end()).isEqualTo(Settlement.End.FAILED));
    }

    private static Output broken() {
        throw new IllegalStateException("the solver is broken, on purpose");
    }

    @Test
    void a_call_that_is_not_admitted_reaches_no_release_and_hears_why() throws IOException {
        try (Releases releases = new Releases()) {
            releases.promote(
                    TestTasks.served("echo", 7, new OutputContract.Text(), TestTasks.answering(input -> broken())));

            Response response = ask(releases, proposal -> {
                throw new Refused(new Refusal(
                        429, "budget_exhausted", "The budget is spent.", null, Map.of("x-should-retry", "false")));
            });

            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(response.body()).contains("\"code\":\"budget_exhausted\"");
        }
    }
}
