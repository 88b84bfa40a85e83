// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** Session descriptions of the phones in the stories. */
public final class Sdps {
    private Sdps() {}

    public static Optional<Sdp> of(String user, int version, String... media) {
        return Sdp.parse("v=0\r\no=" + user + " 77 " + version
                + " IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n" + String.join("\r\n", media) + "\r\n");
    }

    public static Optional<Sdp> audio(String user, int version) {
        return of(user, version, "m=audio 4000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000");
    }
}
