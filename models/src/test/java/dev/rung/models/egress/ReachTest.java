package dev.rung.models.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    @ParameterizedTest
    @CsvSource({
        "api.example, 93.184.216.34, true",
        "api.example, 127.0.0.1, false",
        "api.example, 10.0.0.7, false",
        "api.example, 172.16.0.1, false",
        "api.example, 192.168.1.1, false",
        "api.example, 100.64.0.1, false",
        "api.example, 169.254.169.254, false",
        "api.example, 0.0.0.0, false",
        "api.example, 0.1.2.3, false",
        "api.example, 224.0.0.1, false",
        "api.example, ::1, false",
        "api.example, fd00::1, false",
        "api.example, fe80::1, false",
        "api.example, ::ffff:10.0.0.1, false",
        "api.example, 2606:2800:220:1::1, true",
        "localhost, 127.0.0.1, true",
        "vllm.localhost, ::1, true",
        "10.0.0.7, 10.0.0.7, true",
        "127.0.0.1, 127.0.0.1, true",
        "fd00::1, fd00::1, true",
        "169.254.169.254, 169.254.169.254, false",
        "0.0.0.0, 0.0.0.0, false"
    })
    void a_name_leads_to_public_addresses_and_a_private_one_must_be_written_out(
            String host, String address, boolean reached) throws Exception {
        String objection = Reach.AS_WRITTEN.objection(host, InetAddress.getByName(address));

        assertThat(objection == null)
                .as(host + " " + address + ": " + objection)
                .isEqualTo(reached);
    }

    @Test
    void a_relayed_call_whose_name_leads_inside_is_refused_before_a_byte_is_sent() throws Exception {
        try (RelayEgress egress =
                RelayEgress.open(Map.of(), 10, host -> new InetAddress[] {InetAddress.getByName("169.254.169.254")})) {
            RelayRequest request = new RelayRequest(
                    "POST",
                    URI.create("http://rebound.example/v1/chat/completions"),
                    Residency.ANYWHERE,
                    List.of("authorization", "Bearer planted-secret"),
                    Pieces.of(new byte[] {'{', '}'}),
                    RelayTimes.of(Duration.ofSeconds(1), Duration.ofSeconds(1)));

            assertThatThrownBy(() -> egress.send(
                            request,
                            new RelayCall(
                                    System.nanoTime() + Duration.ofSeconds(5).toNanos(), () -> {})))
                    .isInstanceOf(RungException.Forbidden.class)
                    .hasMessageContaining("169.254.169.254")
                    .message()
                    .doesNotContain("planted");
        }
    }
}
