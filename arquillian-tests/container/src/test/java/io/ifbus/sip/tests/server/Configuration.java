// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

/** Which of its configurations a server runs with. */
public enum Configuration {
    SINGLE("standalone.xml"),
    /** In a cluster. */
    HA("standalone-ha.xml");

    private final String file;

    Configuration(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }
}
