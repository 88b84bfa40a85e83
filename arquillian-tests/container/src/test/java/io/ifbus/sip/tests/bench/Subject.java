// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import java.util.Collection;

/** Something between two sipps whose cost is measured. */
interface Subject extends AutoCloseable {
    String name();

    /** UDP port on 127.0.0.1 that takes calls. */
    int port();

    Collection<Long> pids();

    /** Memory that live state takes, in bytes, after a collection if there is such a thing. */
    long liveBytes();

    @Override
    void close();
}
