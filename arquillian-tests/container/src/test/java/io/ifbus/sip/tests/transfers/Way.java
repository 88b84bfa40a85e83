// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.Map;

/** The transfers in which the server rings the target. */
enum Way {
    BLIND("blind, by the server") {
        @Override
        ApiTransfer begins(ApiCall call, Phone transferor, String side, Phone target) {
            return call.transfers(Map.of("target", target.uri(), "transferor", side));
        }
    },
    ATTENDED("attended, by the server") {
        @Override
        ApiTransfer begins(ApiCall call, Phone transferor, String side, Phone target) {
            return call.transfers(Map.of("target", target.uri(), "transferor", side, "consult", true));
        }
    },
    ASKED("asked by a phone") {
        @Override
        ApiTransfer begins(ApiCall call, Phone transferor, String side, Phone target) {
            transferor.refersTo(target.uri()).hears(202, "REFER").hearsProgress(100);
            return call.lastTransfer();
        }
    };

    private final String words;

    Way(String words) {
        this.words = words;
    }

    /** @param side {@code caller} or {@code callee}: what the transferor is in the call */
    abstract ApiTransfer begins(ApiCall call, Phone transferor, String side, Phone target);

    @Override
    public String toString() {
        return words;
    }
}
