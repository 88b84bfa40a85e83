// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

final class RunServer {
    public static void main(String[] args) throws Exception {
        new TestServer(
                SipServerSettings.DEFAULTS,
                Integer.parseInt(args[0]),
                Class.forName("io.ifbus.sip.container." + args[1]));
        Thread.currentThread().join();
    }
}
