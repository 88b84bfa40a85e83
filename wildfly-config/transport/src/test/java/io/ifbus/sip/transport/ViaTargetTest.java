// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViaTargetTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 5070);

    @ParameterizedTest
    @CsvSource({
        "SIP/2.0/UDP a.b;branch=z,a.b,5060",
        "SIP / 2.0 / TLS a.b ;branch=z,a.b,5061",
        "SIP/2.0/WSS a.b,a.b,443",
        "SIP/2.0/TCP a.b : 99;x,a.b,99",
        "SIP/2.0/UDP [2001:db8::9:1]:5080;branch=z,2001:db8::9:1,5080"
    })
    void theSentByIsRead(String via, String host, int port) {
        ViaTarget target = ViaTarget.of(via);
        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(port);
    }

    @Test
    void theSourceIsMarkedOnTheFirstValueAlone() {
        assertThat(ViaTarget.marked("SIP/2.0/UDP 192.0.2.1;branch=z", SOURCE))
                .isEqualTo("SIP/2.0/UDP 192.0.2.1;branch=z");
        assertThat(ViaTarget.marked("SIP/2.0/UDP a;branch=z, SIP/2.0/UDP b", SOURCE))
                .isEqualTo("SIP/2.0/UDP a;branch=z;received=192.0.2.1, SIP/2.0/UDP b");
        assertThat(ViaTarget.marked("SIP/2.0/UDP 192.0.2.1;rport;branch=z", SOURCE))
                .isEqualTo("SIP/2.0/UDP 192.0.2.1;rport=5070;branch=z;received=192.0.2.1");
        assertThat(ViaTarget.marked("SIP/2.0/UDP a;received=203.0.113.9;branch=z", SOURCE))
                .isEqualTo("SIP/2.0/UDP a;branch=z;received=192.0.2.1"); // what the sender says of itself is no proof
    }

    @Test
    void whatIsNoViaLeadsNowhere() {
        assertThat(ViaTarget.of(null)).isNull();
        assertThat(ViaTarget.of("nonsense")).isNull();
    }
}
