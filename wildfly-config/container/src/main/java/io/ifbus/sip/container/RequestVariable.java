// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Locale;
import java.util.Optional;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TelURL;
import javax.servlet.sip.URI;
import javax.sip.header.RouteHeader;
import javax.sip.message.Message;
import org.mobicents.servlet.sip.address.AddressImpl;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;

/** The variables of servlet mappings, e.g. {@code request.from.uri.host} (JSR 289 section 16.2). */
final class RequestVariable {
    private static final String PARAMETER = "param.";

    private RequestVariable() {}

    /** Its value in {@code request}; empty where the request has none, or there is no such variable. */
    static Optional<String> valueOf(String variable, SipServletRequest request) {
        if (!variable.startsWith("request.")) {
            return Optional.empty();
        }
        String[] path = variable.substring("request.".length()).split("\\.", 2);
        String rest = path.length == 2 ? path[1] : "";
        return switch (path[0]) {
            case "method" -> rest.isEmpty() ? Optional.of(request.getMethod()) : Optional.empty();
            case "uri" -> ofUri(rest, request.getRequestURI());
            case "from" -> ofAddress(rest, request.getFrom());
            case "to" -> ofAddress(rest, request.getTo());
            case "route" -> topRoute(request).flatMap(route -> ofAddress(rest, route));
            default -> Optional.empty();
        };
    }

    /** The topmost Route when the request came: one that names this container has been taken off it. */
    private static Optional<Address> topRoute(SipServletRequest request) {
        if (request.getPoppedRoute() != null) {
            return Optional.of(request.getPoppedRoute());
        }
        Message message = ((SipServletRequestImpl) request).getMessage();
        return Optional.ofNullable((RouteHeader) message.getHeader(RouteHeader.NAME))
                .map(route -> new AddressImpl(route.getAddress(), null, ModifiableRule.NotModifiable));
    }

    private static Optional<String> ofAddress(String part, Address address) {
        if (part.isEmpty()) {
            return Optional.of(address.toString());
        }
        if (part.equals("display-name")) {
            return Optional.ofNullable(address.getDisplayName());
        }
        if (part.equals("uri")) {
            return ofUri("", address.getURI());
        }
        // the parts of an address are also those of its URI
        return ofUri(part.startsWith("uri.") ? part.substring("uri.".length()) : part, address.getURI());
    }

    private static Optional<String> ofUri(String part, URI uri) {
        if (part.isEmpty()) {
            return Optional.of(uri.toString());
        }
        if (part.equals("scheme")) {
            return Optional.of(uri.getScheme());
        }
        if (part.startsWith(PARAMETER)) {
            return Optional.ofNullable(uri.getParameter(part.substring(PARAMETER.length())));
        }
        if (uri instanceof SipURI sip) {
            return ofSipUri(part, sip);
        }
        return uri instanceof TelURL tel && part.equals("tel") ? Optional.of(number(tel)) : Optional.empty();
    }

    private static Optional<String> ofSipUri(String part, SipURI uri) {
        return switch (part) {
            case "user" -> Optional.ofNullable(uri.getUser());
            case "host" -> Optional.ofNullable(uri.getHost());
            case "port" -> Optional.of(Integer.toString(port(uri)));
            case "tel" ->
                "phone".equalsIgnoreCase(uri.getParameter("user"))
                        ? Optional.ofNullable(uri.getUser()).map(user -> withoutSeparators(user.split(";", 2)[0]))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The port, or the default one of its transport. */
    private static int port(SipURI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.isSecure() || "tls".equalsIgnoreCase(uri.getTransportParam()) ? 5061 : 5060;
    }

    private static String number(TelURL uri) {
        String digits = withoutSeparators(uri.getPhoneNumber());
        return uri.isGlobal() && !digits.startsWith("+") ? "+" + digits : digits;
    }

    /** A telephone number as it is compared: no visual separators (RFC 3966 section 4), no case. */
    static String withoutSeparators(String number) {
        return number.replaceAll("[-.() ]", "").toLowerCase(Locale.ROOT);
    }
}
