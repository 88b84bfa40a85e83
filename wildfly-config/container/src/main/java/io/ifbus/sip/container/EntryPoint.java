// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import javax.servlet.sip.Address;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * Where a request came into the container: what each application of the chain is told of it (JSR 289 sections 5.6.3 and
 * 15.7).
 *
 * @param poppedRoute the Route that brought it here, or null
 */
record EntryPoint(Address poppedRoute, String remoteAddress, int remotePort, String transport) {
    /** That of a request which has just come from outside. */
    static EntryPoint of(ServletRequestMessage request) {
        return new EntryPoint(
                request.getTransactionApplicationData().getInitialPoppedRoute(),
                request.getRemoteAddr(),
                request.getRemotePort(),
                request.getTransport());
    }

    /** That which {@code request} was told when it came; null if it did not come from anywhere. */
    static EntryPoint keptIn(ServletRequestMessage request) {
        TransactionApplicationData data = request.getTransactionApplicationData();
        return data == null || data.getInitialRemoteHostAddress() == null
                ? null
                : new EntryPoint(
                        data.getInitialPoppedRoute(),
                        data.getInitialRemoteHostAddress(),
                        data.getInitialRemotePort(),
                        data.getInitialRemoteTransport());
    }

    void keepIn(TransactionApplicationData data) {
        data.setInitialPoppedRoute(poppedRoute);
        data.setInitialRemoteHostAddress(remoteAddress);
        data.setInitialRemotePort(remotePort);
        data.setInitialRemoteTransport(transport);
    }
}
