// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.calls.SocketTrace.Call;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SocketTraceTest {

    private static final String V4 =
            "{sa_family=AF_INET, sin_port=htons(5061), sin_addr=inet_addr(\"127.0.0.1\")}, 16)";
    private static final String V6 = "sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, ";

    @Test
    void readsEachWayToNameAnAddress() {
        assertThat(trace(
                                "17 connect(3, " + V4 + " = 0",
                                "17 sendto(9, \"\"..., 700, 0, {sa_family=AF_INET6, " + V6
                                        + "\"::ffff:192.0.2.7\", &sin6_addr), sin6_scope_id=0}, 28) = 700",
                                "170 sendto(9, \"\"..., 33, MSG_DONTWAIT, " + V4 + " <unfinished ...>",
                                "170 sendmsg(9, {msg_name={sa_family=AF_INET6, " + V6
                                        + "\"2001:db8::1\", &sin6_addr), sin6_scope_id=0}, msg_namelen=28, msg_iov=[]}, 0) = 0")
                        .calls())
                .containsExactly(
                        new Call("connect", "127.0.0.1", 5061),
                        new Call("sendto", "192.0.2.7", 443),
                        new Call("sendto", "127.0.0.1", 5061),
                        new Call("sendmsg", "2001:db8::1", 443));
    }

    @Test
    void leavesOutWhatGoesNowhereElse() {
        assertThat(trace(
                                "17 connect(3, {sa_family=AF_UNIX, sun_path=\"/var/run/nscd/socket\"}, 110) = -1 ENOENT",
                                "17 sendto(9, \"\"..., 700, 0, NULL, 0) = 700",
                                "17 <... sendto resumed>) = 700",
                                "17 +++ exited with 0 +++")
                        .calls())
                .isEmpty();
    }

    @Test
    void strangersAreElsewhereOrAtAnotherPort() {
        SocketTrace trace = trace(
                "1 connect(3, " + V4 + " = 0",
                "1 connect(3, " + V4.replace("127.0.0.1", "192.0.2.1") + " = -1 ENETUNREACH",
                "1 sendto(3, \"\"..., 40, 0, " + V4.replace("5061", "53") + " = 40");
        assertThat(trace.strangers(Set.of(5061)))
                .containsExactly(new Call("connect", "192.0.2.1", 5061), new Call("sendto", "127.0.0.1", 53));
    }

    private static SocketTrace trace(String... lines) {
        return SocketTrace.parse(Stream.of(lines));
    }
}
