// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;

/** Offers a codec that no phone of ours has. */
final class OpusOnly implements Negotiation {

    @Override
    public String offer() {
        return """
                v=0\r
                o=- 1 1 IN IP4 127.0.0.1\r
                s=-\r
                c=IN IP4 127.0.0.1\r
                t=0 0\r
                m=audio 4000 RTP/AVP 111\r
                a=rtpmap:111 opus/48000/2\r
                """;
    }

    @Override
    public Optional<String> answer(String offer) {
        return Optional.empty();
    }

    @Override
    public void answered(String answer) {}

    @Override
    public void wants(Direction most) {}

    @Override
    public void end() {}
}
