// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Kamailio as a proxy that keeps dialogs, one UDP worker, for comparison. */
final class KamailioSubject implements Subject {
    private static final Pattern USED = Pattern.compile("(?m)^\\s*used: (\\d+)");

    private final Path directory;
    private final Process process;
    private final int port;

    KamailioSubject(int calleePort) {
        try {
            directory = Files.createTempDirectory("kamailio-");
            port = Ports.freeForSip();
            Path file = directory.resolve("kamailio.cfg");
            Files.writeString(file, configuration(calleePort));
            process = new ProcessBuilder(
                            "kamailio", "-DD", "-E", "-m", "512", "-f", file.toString(), "-P", directory + "/pid")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            await().until(() -> process.descendants().count() > 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(int calleePort) {
        return String.join(
                "\n",
                "#!KAMAILIO",
                "debug=0",
                "log_stderror=yes",
                "children=1",
                "disable_tcp=yes",
                "auto_aliases=no",
                "listen=udp:127.0.0.1:" + port,
                "loadmodule \"sl.so\"",
                "loadmodule \"tm.so\"",
                "loadmodule \"rr.so\"",
                "loadmodule \"pv.so\"",
                "loadmodule \"textops.so\"",
                "loadmodule \"siputils.so\"",
                "loadmodule \"dialog.so\"",
                "loadmodule \"ctl.so\"",
                "modparam(\"ctl\", \"binrpc\", \"unix:" + directory + "/ctl\")",
                "request_route {",
                "  if (has_totag()) { if (loose_route()) { t_relay(); } else if (is_method(\"ACK\")) {"
                        + " if (t_check_trans()) { t_relay(); } } else { sl_send_reply(\"404\", \"Not here\"); } exit; }",
                "  if (is_method(\"CANCEL\")) { if (t_check_trans()) { t_relay(); } exit; }",
                "  if (is_method(\"INVITE\")) { record_route(); dlg_manage(); }",
                "  $du = \"sip:127.0.0.1:" + calleePort + "\";",
                "  t_relay();",
                "}",
                "");
    }

    @Override
    public String name() {
        return "Kamailio";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Collection<Long> pids() {
        return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid))
                .toList();
    }

    @Override
    public long liveBytes() {
        String memory = JavaHeap.output("kamcmd", "-s", "unix:" + directory + "/ctl", "core.shmmem");
        Matcher used = USED.matcher(memory);
        if (!used.find()) {
            throw new IllegalStateException("no figure in " + memory);
        }
        return Long.parseLong(used.group(1));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
