// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The topmost Via of a request or response, as text: where the response goes and what it says of the request's source.
 *
 * @param host of the sent-by, an IPv6 address without its brackets
 * @param port of the sent-by, or the transport's
 * @param rport whether the response is to go to the request's source port (RFC 3581)
 * @param received the address the request came from as the Via has it, or null
 * @param rportValue the port it came from as the Via has it, or 0
 */
public record ViaTarget(String host, int port, boolean rport, String received, int rportValue) {
    private static final Pattern SENT_BY = Pattern.compile(
            "^\\s*SIP\\s*/\\s*2\\.0\\s*/\\s*(\\w+)\\s+(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s;,:]+))\\s*(?::\\s*(\\d{1,5}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RPORT =
            Pattern.compile(";\\s*rport\\s*(?:=\\s*(\\d{1,5})?)?(?=[;,\\s]|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RECEIVED =
            Pattern.compile(";\\s*received\\s*=\\s*\\[?([0-9A-Fa-f:.]+)]?", Pattern.CASE_INSENSITIVE);

    /** Reads the first value of a Via header; null when it has none. */
    public static ViaTarget of(String header) {
        if (header == null) {
            return null;
        }
        String via = header.split(",", 2)[0];
        Matcher sentBy = SENT_BY.matcher(via);
        if (!sentBy.find()) {
            return null;
        }
        Matcher rport = RPORT.matcher(via);
        boolean asks = rport.find();
        Matcher received = RECEIVED.matcher(via);
        return new ViaTarget(
                sentBy.group(2) != null ? sentBy.group(2) : sentBy.group(3),
                sentBy.group(4) != null ? Integer.parseInt(sentBy.group(4)) : defaultPort(sentBy.group(1)),
                asks,
                received.find() ? received.group(1) : null,
                asks && rport.group(1) != null ? Integer.parseInt(rport.group(1)) : 0);
    }

    /** The port of a transport's URIs that name none (RFC 3261 section 18.2.2, RFC 7118 section 5.3). */
    public static int defaultPort(String transport) {
        return switch (transport.toUpperCase(java.util.Locale.ROOT)) {
            case "TLS" -> 5061;
            case "WS" -> 80;
            case "WSS" -> 443;
            default -> 5060;
        };
    }

    /** An address as a Via may have it: without the zone of a link-local one. */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** {@code header} with the source on its first value (RFC 3261 section 18.2.1, RFC 3581 section 4). */
    static String marked(String header, InetSocketAddress source) {
        ViaTarget target = of(header);
        if (target == null) {
            return header;
        }
        String[] values = header.split(",", 2);
        String address = text(source.getAddress());
        String via = RECEIVED.matcher(values[0]).replaceAll("").stripTrailing();
        if (target.rport) {
            via = RPORT.matcher(via).replaceFirst(";rport=" + source.getPort());
        }
        if (target.rport || !address.equals(target.host)) {
            via += ";received=" + address;
        }
        return values.length > 1 ? via + "," + values[1] : via;
    }
}
