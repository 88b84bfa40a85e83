// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.wrong;

import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.annotation.SipApplicationKey;

/** A key of the wrong shape. */
public final class WrongKey {
    private WrongKey() {}

    @SipApplicationKey
    public static int key(SipServletRequest request) {
        return request.getMaxForwards();
    }
}
