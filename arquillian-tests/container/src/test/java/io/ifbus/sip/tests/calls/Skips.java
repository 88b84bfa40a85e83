// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

/** Whether tests may be left out where a tool is missing. */
final class Skips {

    private Skips() {}

    /** Then a test whose tool is missing runs and fails. */
    static boolean areForbidden() {
        return "1".equals(System.getenv("IFBUS_NO_SKIP"));
    }
}
