// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import java.util.Locale;

/** Either side of a call, in the API's words. */
enum Party {
    CALLER,
    CALLEE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
