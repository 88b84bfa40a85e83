// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

/** The store of the records cannot be read or written now; the same request may succeed later. */
public final class CdrStoreUnavailable extends RuntimeException {
    public CdrStoreUnavailable(Throwable cause) {
        super("The store of call detail records is not available", cause);
    }
}
