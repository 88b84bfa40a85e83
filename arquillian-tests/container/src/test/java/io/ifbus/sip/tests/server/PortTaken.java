// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

/** Somebody took a port between our look and the server's. */
final class PortTaken extends IllegalStateException {

    PortTaken(String message) {
        super(message);
    }
}
