// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.SocketTrace.Call;
import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The server sends nothing to anybody but the parties of its calls. The system's own record of it is the witness. */
@EnabledIf(value = "canTraceOrMust", disabledReason = "strace is not installed, or may not trace here")
class NothingCallsHomeIT {

    @TempDir
    Path directory;

    static boolean canTraceOrMust() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0
                    || Skips.areForbidden();
        } catch (IOException e) {
            return Skips.areForbidden();
        }
    }

    @Test
    void fromItsStartThroughCallsToItsStop() throws IOException {
        Path record = directory.resolve("strace.txt");
        int byUdp;
        int byTcp;
        try (Phone alice = Phone.named("alice").tone(440).switchedOn();
                Phone bob = Phone.named("bob").tone(660).overTcp().switchedOn();
                ServerProcess server = SharedServer.routed(ServerProcess.named("traced"))
                        .under(SocketTrace.command(record.toString()).toArray(String[]::new))
                        .start()) {
            byUdp = alice.port();
            byTcp = bob.port();
            SampleCalls.clickToDial(server, alice, bob);
        }
        SocketTrace trace;
        try (Stream<String> lines = Files.lines(record)) {
            trace = SocketTrace.parse(lines);
        }
        assertThat(trace.strangers(Set.of(byUdp, byTcp))).isEmpty();
        // or the record would prove nothing
        assertThat(trace.calls())
                .contains(new Call("connect", "127.0.0.1", byTcp), new Call("sendto", "127.0.0.1", byUdp));
    }
}
