// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ValueExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peers whose word is taken for who their callers are. */
final class TrustedPeersTest {
    @Test
    void peersAreAddresses() throws Exception {
        assertThat(TrustedPeers.address("192.0.2.255")).isEqualTo(InetAddress.getByName("192.0.2.255"));
        assertThat(TrustedPeers.address("2001:db8::1")).isEqualTo(InetAddress.getByName("2001:db8:0:0:0:0:0:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "192.0.2", "192.0.2.256", "192.0.2.0/24", "2001:db8::1::2", ":", "bad.cafe", ""})
    void whatIsNoAddressIsRefusedByTheModel(String text) {
        assertThatThrownBy(() -> TrustedPeers.ATTRIBUTE
                        .getValidator()
                        .validateParameter("trusted-peers", new ModelNode().add(text)))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining(text);
    }

    @Test
    void anExpressionIsLeftUntilItIsResolved() throws Exception {
        ModelNode list = new ModelNode();
        list.add(new ValueExpression("${peer}"));

        TrustedPeers.ATTRIBUTE.getValidator().validateParameter("trusted-peers", list);
    }
}
