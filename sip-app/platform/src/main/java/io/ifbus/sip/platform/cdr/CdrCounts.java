// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

/** Counts what goes wrong on a record's way to the store. Called by any thread; must be quick and not throw. */
public interface CdrCounts {
    /** {@code records} were lost. */
    void dropped(int records);

    /** The store could not be written, once more. */
    void storeFailed();
}
