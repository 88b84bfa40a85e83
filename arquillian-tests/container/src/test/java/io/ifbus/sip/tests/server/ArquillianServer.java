// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Gives the server that Arquillian runs ports and a directory of its own, before Arquillian reads where they are. */
public final class ArquillianServer implements LauncherSessionListener {

    private static final String OFFSET = "ifbus.arquillian.offset";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("ifbus.work") == null || System.getProperty(OFFSET) != null) return;
        try {
            PortOffset offset = PortOffset.find();
            ServerDirectory directory = ServerDirectory.create(ServerProcess.named("arquillian"));
            System.setProperty(OFFSET, Integer.toString(offset.value()));
            System.setProperty("ifbus.arquillian.management", Integer.toString(offset.management()));
            System.setProperty("ifbus.arquillian.base", directory.path().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PortOffset ports() {
        return new PortOffset(Integer.getInteger(OFFSET));
    }
}
