// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.cdr.CdrStore;

class InMemoryCdrStoreTest extends CdrStoreContract {

    private final InMemoryCdrStore store = new InMemoryCdrStore();

    @Override
    CdrStore store() {
        return store;
    }
}
