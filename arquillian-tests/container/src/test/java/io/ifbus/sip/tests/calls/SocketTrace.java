// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code strace} saw of a process that connects to or sends to an address.
 *
 * @param calls the system calls that name an internet address, oldest first
 */
record SocketTrace(List<SocketTrace.Call> calls) {

    private static final Pattern IPV4 =
            Pattern.compile("sa_family=AF_INET, sin_port=htons\\((\\d+)\\), sin_addr=inet_addr\\(\"([^\"]+)\"\\)");
    private static final Pattern IPV6 =
            Pattern.compile("sa_family=AF_INET6, sin6_port=htons\\((\\d+)\\),.*?inet_pton\\(AF_INET6, \"([^\"]+)\"");

    /** The options that make {@code strace} write what {@link #parse} reads: all threads, no contents. */
    static List<String> command(String file) {
        return List.of("strace", "-f", "-qq", "-s", "0", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", file);
    }

    /**
     * One system call.
     *
     * @param address without the prefix that makes an IPv4 address an IPv6 one
     */
    record Call(String name, String address, int port) {

        boolean isLoopback() {
            return address.startsWith("127.") || address.equals("::1");
        }
    }

    SocketTrace {
        calls = List.copyOf(calls);
    }

    static SocketTrace parse(Stream<String> lines) {
        return new SocketTrace(
                lines.map(SocketTrace::call).flatMap(Optional::stream).toList());
    }

    private static Optional<Call> call(String line) {
        String text = line.replaceFirst("^\\d+ +", "");
        int open = text.indexOf('(');
        if (open < 0) return Optional.empty();
        return Stream.of(IPV4, IPV6)
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .map(found -> new Call(
                        text.substring(0, open),
                        found.group(2).replaceFirst("^::ffff:", ""),
                        Integer.parseInt(found.group(1))))
                .findFirst();
    }

    /** The calls that leave this machine, or lead to another port than these. */
    List<Call> strangers(Collection<Integer> ports) {
        return calls.stream()
                .filter(call -> !call.isLoopback() || !ports.contains(call.port()))
                .distinct()
                .toList();
    }
}
