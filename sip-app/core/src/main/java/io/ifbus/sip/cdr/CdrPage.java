// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import java.util.List;
import java.util.Optional;

/**
 * Some of the records, newest end first.
 *
 * @param next where the next page begins; empty if this is the last
 */
public record CdrPage(List<Cdr> records, Optional<CdrCursor> next) {
    public CdrPage {
        records = List.copyOf(records);
    }

    /**
     * The first {@code limit} of {@code found}, with a next page if there are more.
     *
     * @param found one more than {@code limit}, or all there are
     */
    public static CdrPage of(List<Cdr> found, int limit) {
        return found.size() <= limit
                ? new CdrPage(found, Optional.empty())
                : new CdrPage(found.subList(0, limit), Optional.of(CdrCursor.of(found.get(limit - 1))));
    }
}
