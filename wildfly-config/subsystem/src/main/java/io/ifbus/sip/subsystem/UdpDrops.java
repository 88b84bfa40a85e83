// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Datagrams that the system threw away because the socket's buffer was full, as Linux tells in {@code /proc/net}. */
final class UdpDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final String ANY_IPV6 = "0".repeat(32);

    private UdpDrops() {}

    /** Empty if the system does not know the socket or has no such table. */
    static OptionalLong of(InetSocketAddress socket) {
        return TABLES.stream()
                .filter(Files::isReadable)
                .flatMap(UdpDrops::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(columns ->
                        columns.length > LOCAL_ADDRESS && spellings(socket).contains(columns[LOCAL_ADDRESS]))
                .mapToLong(columns -> Long.parseLong(columns[columns.length - 1])) // the column "drops" is the last one
                .reduce(Long::sum);
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table, StandardCharsets.US_ASCII).stream();
        } catch (IOException e) { // a system that keeps it to itself
            return Stream.empty();
        }
    }

    /** How the kernel writes the address: words of four bytes in the machine's order; Java's sockets are mostly IPv6. */
    private static Set<String> spellings(InetSocketAddress socket) {
        String port = String.format(Locale.ROOT, ":%04X", socket.getPort());
        InetAddress address = socket.getAddress();
        String words = words(address.getAddress());
        if (address instanceof Inet4Address) {
            return address.isAnyLocalAddress()
                    ? Set.of(words + port, ANY_IPV6 + port)
                    : Set.of(words + port, words(MAPPED) + words + port);
        }
        return Set.of(words + port);
    }

    /** What comes before an IPv4 address in an IPv6 one (RFC 4291 section 2.5.5.2). */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static String words(byte[] address) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        while (buffer.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", buffer.getInt()));
        }
        return text.toString();
    }
}
