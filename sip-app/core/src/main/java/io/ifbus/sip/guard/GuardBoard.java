// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

import java.util.List;

/** The guards of this node, to look at and to reset. Safe for use by any thread; never blocks. */
public interface GuardBoard {
    /** The guards there are, those that are not closed first, then by host. A target without a guard is a closed one. */
    List<GuardStatus> list();

    /**
     * Closes the guard of {@code host} and forgets what it has seen. INVITEs that wait keep their places, but what
     * becomes of them no longer counts.
     *
     * @return whether there is such a guard
     */
    boolean reset(String host);
}
