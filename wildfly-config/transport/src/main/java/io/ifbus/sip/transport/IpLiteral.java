// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IP addresses as text: whatever is not one is never looked up here. */
public final class IpLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final int LONGEST = 64; // with a zone

    private IpLiteral() {}

    /** Whether {@code host} is written like an address, an IPv6 one with or without brackets. */
    public static boolean is(String host) {
        return host.indexOf(':') >= 0 || isIpv4(host);
    }

    private static boolean isIpv4(String host) {
        return host.length() <= 15 && IPV4.matcher(host).matches();
    }

    /** @throws UnknownHostException if {@code host} is not an address; no name server has been asked */
    public static InetAddress parse(String host) throws UnknownHostException {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') >= 0 && bare.length() <= LONGEST) {
            return InetAddress.getByName("[" + bare + "]"); // the brackets keep it from being taken for a name
        }
        if (isIpv4(bare)) {
            return InetAddress.getByName(bare);
        }
        throw new UnknownHostException("not an IP address: " + host);
    }
}
