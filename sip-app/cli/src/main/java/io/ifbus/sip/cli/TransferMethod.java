// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import java.util.Locale;

/** How a transfer is done, in the API's words. */
enum TransferMethod {
    AUTO,
    REFER,
    B2BUA;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
