// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.Hints;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.call.Peer;
import io.ifbus.sip.call.SessionTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;

/** Header fields, to core's words and back. */
final class Headers {
    /** What we understand; PRACK is absent because no leg uses it. */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, NOTIFY";

    /** The extensions that we know; a request may require no others. */
    static final String SUPPORTED = "timer, replaces, norefersub";

    static final Set<String> KNOWN = Set.of("timer", "replaces", "norefersub");
    private static final String OURS = "x-if-";
    private static final String SESSION_EXPIRES = "Session-Expires";
    private static final String MIN_SE = "Min-SE";
    private static final Duration SMALLEST = Duration.ofSeconds(90);

    /** Carried from an INVITE to the other party's. */
    private static final List<String> CARRIED =
            List.of("History-Info", "User-to-User", "Alert-Info", "Call-Info", "Subject", "Priority", "Reason");

    private static final Pattern SECONDS = Pattern.compile("\\s*(\\d{1,9})\\b.*");

    private Headers() {}

    /** The {@code X-IF-*} headers of {@code message}. */
    static Map<String, String> ours(SipServletMessage message) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (var names = message.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.toLowerCase(Locale.ROOT).startsWith(OURS)) {
                ours.put(name, message.getHeader(name));
            }
        }
        return ours;
    }

    /** What the INVITE to the other party carries of this one. */
    static Map<String, String> carried(SipServletMessage invite) {
        Map<String, String> carried = ours(invite);
        for (String name : CARRIED) {
            List<String> values = values(invite, name);
            if (!values.isEmpty()) {
                carried.put(name, String.join(", ", values));
            }
        }
        return carried;
    }

    static List<String> values(SipServletMessage message, String name) {
        List<String> values = new ArrayList<>();
        message.getHeaders(name).forEachRemaining(values::add);
        return values;
    }

    /** All values of one header, in the place of those that {@code to} has. */
    static void copy(SipServletMessage from, SipServletMessage to, String name) {
        to.removeHeader(name);
        values(from, name).forEach(value -> to.addHeader(name, value));
    }

    private static Set<String> tokens(SipServletMessage message, String name) {
        Set<String> tokens = new HashSet<>();
        for (String value : values(message, name)) {
            for (String token : value.split(",")) {
                tokens.add(token.trim());
            }
        }
        tokens.remove("");
        return tokens;
    }

    /** What {@code message} says of its sender. */
    static Peer peer(SipServletMessage message) {
        Set<String> supported = tokens(message, "Supported");
        supported.addAll(tokens(message, "Require"));
        return new Peer(
                tokens(message, "Allow"),
                supported,
                Optional.ofNullable(message.getHeader(SESSION_EXPIRES)).flatMap(Headers::terms),
                seconds(message.getHeader(MIN_SE)));
    }

    private static Optional<SessionTerms> terms(String value) {
        String lower = value.toLowerCase(Locale.ROOT).replace(" ", "");
        SessionTerms.Refresher refresher = lower.contains(";refresher=uac")
                ? SessionTerms.Refresher.UAC
                : lower.contains(";refresher=uas") ? SessionTerms.Refresher.UAS : SessionTerms.Refresher.UNSAID;
        return seconds(value).filter(d -> !d.isZero()).map(interval -> new SessionTerms(interval, refresher));
    }

    private static Optional<Duration> seconds(String value) {
        Matcher matcher = SECONDS.matcher(value == null ? "" : value);
        return matcher.matches() ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    /**
     * Says in a request what session timer we want (RFC 4028 section 7.1).
     *
     * @param refused the Min-SE of a 422 that came before (section 7.3)
     */
    static void propose(SessionTerms terms, Optional<Duration> refused, SipServletMessage request) {
        request.setHeader(SESSION_EXPIRES, text(terms));
        Duration smallest = refused.filter(d -> d.compareTo(SMALLEST) > 0).orElse(SMALLEST);
        request.setHeader(MIN_SE, Long.toString(smallest.toSeconds()));
    }

    /** The Min-SE of a 422; empty if it is none. */
    static Optional<Duration> minSession(SipServletResponse response) {
        return response.getStatus() == MessageSender.SESSION_INTERVAL_TOO_SMALL
                ? seconds(response.getHeader(MIN_SE))
                : Optional.empty();
    }

    /** The Reason header; its values are joined, one for each protocol (RFC 3326 section 2). */
    static Optional<String> reason(SipServletMessage message) {
        List<String> values = values(message, "Reason");
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Says in a 2xx what session timer holds (RFC 4028 section 9). */
    static void settle(Optional<SessionTerms> terms, SipServletMessage response) {
        if (terms.isEmpty()) {
            return;
        }
        response.setHeader(SESSION_EXPIRES, text(terms.get()));
        if (terms.get().refresher() == SessionTerms.Refresher.UAC) {
            response.setHeader("Require", "timer");
        }
    }

    /** Says what interval would be long enough. */
    static void tooSmall(SipServletMessage response) {
        response.setHeader(MIN_SE, Long.toString(SMALLEST.toSeconds()));
    }

    private static String text(SessionTerms terms) {
        String refresher =
                switch (terms.refresher()) {
                    case UAC -> ";refresher=uac";
                    case UAS -> ";refresher=uas";
                    case UNSAID -> "";
                };
        return terms.interval().toSeconds() + refresher;
    }

    /** What a refusal says besides its status. */
    static Hints hints(SipServletResponse response, boolean credentials) {
        return new Hints(
                credentials,
                seconds(response.getHeader(MIN_SE)),
                contacts(response),
                seconds(response.getHeader("Retry-After")),
                reason(response));
    }

    private static List<Party> contacts(SipServletResponse response) {
        if (response.getStatus() < 300 || response.getStatus() >= 400) {
            return List.of();
        }
        try {
            List<Address> addresses = new ArrayList<>();
            response.getAddressHeaders("Contact").forEachRemaining(addresses::add);
            return addresses.stream()
                    .filter(address -> address.getURI().isSipURI())
                    .sorted(Comparator.comparing((Address address) -> address.getQ() < 0 ? 1 : address.getQ())
                            .reversed())
                    .map(Headers::party)
                    .toList();
        } catch (ServletParseException malformed) {
            return List.of(); // nowhere to go
        }
    }

    /** The first value of each header of {@code message}, by names in lower case. */
    static Map<String, String> all(SipServletMessage message) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Iterator<String> names = message.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            String value = message.getHeader(name);
            if (value != null) {
                all.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return all;
    }

    static Party party(Address address) {
        return new Party(
                address.getURI().toString(),
                Optional.ofNullable(address.getDisplayName()).filter(name -> !name.isBlank()));
    }

    /** Without what a Request-URI may not have (RFC 3261 section 19.1.1): the Contact of a redirection may. */
    static URI requestUri(SipFactory factory, Party party) throws ServletParseException {
        URI uri = factory.createURI(party.uri());
        if (uri instanceof SipURI sip) {
            List<String> headers = new ArrayList<>();
            sip.getHeaderNames().forEachRemaining(headers::add);
            headers.forEach(sip::removeHeader);
            sip.removeParameter("method");
        }
        return uri;
    }

    static Address address(SipFactory factory, Party party) throws ServletParseException {
        Address address = factory.createAddress(factory.createURI(party.uri()));
        if (party.displayName().isPresent()) {
            address.setDisplayName(party.displayName().get());
        }
        return address;
    }
}
