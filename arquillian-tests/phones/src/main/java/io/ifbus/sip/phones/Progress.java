// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;

/**
 * What a NOTIFY told of a referral: a status line (RFC 3515 section 2.4.5) and the state of the subscription.
 *
 * @param status 0 if the body was no SIP fragment
 * @param subscription the Subscription-State header's value, empty if there was none
 */
public record Progress(int status, String subscription) {

    static Progress of(Optional<String> body, Optional<String> subscription) {
        int status = body.filter(text -> text.startsWith("SIP/2.0 "))
                .map(text -> text.substring(8).split("\\D", 2)[0])
                .filter(digits -> digits.length() == 3)
                .map(Integer::parseInt)
                .orElse(0);
        return new Progress(status, subscription.orElse(""));
    }

    public boolean isLast() {
        return subscription.startsWith("terminated");
    }
}
