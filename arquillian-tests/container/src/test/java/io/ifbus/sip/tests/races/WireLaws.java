// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import io.ifbus.sip.phones.OnTheWire;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.Traced;
import io.ifbus.sip.phones.Traced.Way;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the far end of a phone kept the {@linkplain Law laws}, as that phone's trace tells. Retransmissions are no
 * offence. For traces of calls that are over.
 */
public final class WireLaws {

    /** A message and where it stands in the trace. */
    private record Sight(int place, Way way, RawMessage message) {
        boolean isRequest(String... methods) {
            return message.isRequest()
                    && (methods.length == 0 || List.of(methods).contains(message.method()));
        }

        boolean isFinal() {
            return !message.isRequest() && message.status() >= 200;
        }

        boolean isSuccess() {
            return isFinal() && message.status() < 300;
        }

        String transaction() {
            return message.branch() + ' ' + message.method();
        }

        /** Both tags, whoever has which; a request that starts a dialog has but one. */
        String dialog() {
            Set<String> tags = new TreeSet<>();
            message.fromTag().ifPresent(tags::add);
            message.toTag().ifPresent(tags::add);
            return message.callId() + tags;
        }

        boolean answers(Sight request) {
            return !message.isRequest() && way != request.way && transaction().equals(request.transaction());
        }

        /** Its first copy, for one that has been seen. */
        String identity() {
            return way + message.kind() + transaction() + message.toTag().orElse("");
        }
    }

    private final String name;
    private final List<Sight> all = new ArrayList<>();
    private final List<Sight> news = new ArrayList<>();
    private final Set<Law> suspended = EnumSet.noneOf(Law.class);
    private final List<String> offences = new ArrayList<>();

    private WireLaws(String name) {
        this.name = name;
    }

    public static WireLaws of(OnTheWire phone) {
        return of(phone.name(), phone.trace());
    }

    static WireLaws of(String name, List<Traced> trace) {
        WireLaws laws = new WireLaws(name);
        Set<String> seen = new HashSet<>();
        for (Traced line : trace) {
            if (line.kind().equals("?")) continue;
            Sight sight = new Sight(laws.all.size(), line.way(), RawMessage.parse(line.text()));
            laws.all.add(sight);
            if (seen.add(sight.identity())) laws.news.add(sight);
        }
        return laws;
    }

    /** Without these: the phone itself broke what they rest on. */
    public WireLaws without(Set<Law> laws) {
        suspended.addAll(laws);
        return this;
    }

    /** What was done against the laws; empty if nothing was. */
    public List<String> offences() {
        offences.clear();
        for (Sight sight : news) {
            if (sight.isRequest() && !sight.isRequest("ACK")) request(sight);
            if (!sight.message().isRequest() && sight.way() == Way.RECEIVED) response(sight);
            if (sight.isFinal()
                    && sight.way() == Way.SENT
                    && sight.message().method().equals("INVITE")) acknowledged(sight);
        }
        dialogs();
        return List.copyOf(offences);
    }

    private void against(Law law, Sight sight, String what) {
        if (!suspended.contains(law))
            offences.add(name + ": " + law + ": " + what + ": #" + sight.place() + ' '
                    + sight.message().kind() + " (CSeq " + sight.message().cseq() + ", "
                    + sight.message().callId() + ')');
    }

    // ---- transactions ----

    private void request(Sight request) {
        if (all.stream().noneMatch(other -> other.isFinal() && other.answers(request)))
            against(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST, request, request.way() + " and never answered");
        if (request.way() == Way.RECEIVED && request.isRequest("CANCEL")) {
            boolean allowed = all.stream()
                    .limit(request.place())
                    .anyMatch(other -> other.way() == Way.SENT
                            && !other.message().isRequest()
                            && other.message().status() < 200
                            && other.transaction().equals(request.message().branch() + " INVITE"));
            if (!allowed) against(Law.NO_CANCEL_BEFORE_A_PROVISIONAL_RESPONSE, request, "too early");
        }
    }

    private void response(Sight response) {
        if (response.message().status() == 100) return; // the stack's own; see docs/races.md, what is left open
        boolean late = news.stream()
                .limit(news.indexOf(response))
                .anyMatch(other -> other.isFinal()
                        && other.way() == Way.RECEIVED
                        && other.transaction().equals(response.transaction()));
        if (late) against(Law.ONE_FINAL_RESPONSE, response, "another response after the final one");
    }

    private void acknowledged(Sight response) {
        RawMessage message = response.message();
        boolean found = all.stream()
                .skip(response.place())
                .filter(other -> other.way() == Way.RECEIVED && other.isRequest("ACK"))
                .map(Sight::message)
                .filter(ack -> ack.callId().equals(message.callId()) && ack.cseq() == message.cseq())
                .filter(ack -> ack.toTag().equals(message.toTag()))
                .anyMatch(ack -> response.isSuccess() != ack.branch().equals(message.branch()));
        if (!found) against(Law.AN_ACK_FOR_EACH_FINAL_RESPONSE, response, "has no ACK");
    }

    // ---- dialogs ----

    private void dialogs() {
        Map<String, List<Sight>> dialogs = new LinkedHashMap<>();
        for (Sight sight : news)
            if (sight.message().fromTag().isPresent() && sight.message().toTag().isPresent())
                dialogs.computeIfAbsent(sight.dialog(), key -> new ArrayList<>())
                        .add(sight);
        dialogs.values().forEach(this::dialog);
    }

    private void dialog(List<Sight> sights) {
        boolean over = false;
        long cseq = 0;
        Map<String, Sight> openInvites = new HashMap<>();
        Sight bye = null;
        for (Sight sight : sights) {
            boolean ours = sight.way() == Way.RECEIVED;
            if (ours && over) afterTheEnd(sight);
            if (ours && sight.isRequest() && !sight.isRequest("ACK", "CANCEL")) {
                if (sight.message().cseq() <= cseq) against(Law.CSEQ_GROWS, sight, "not above " + cseq);
                cseq = sight.message().cseq();
                if (sight.isRequest("INVITE")) invite(sight, openInvites);
            }
            if (ours && sight.isRequest("BYE")) {
                if (bye != null && !wasChallenged(bye)) against(Law.ONE_BYE_PER_DIALOG, sight, "a second one");
                bye = sight;
                acknowledgedBefore(sight, sights);
            }
            follow(sight, openInvites);
            over |= ours
                    && (sight.isRequest("BYE")
                            || sight.isSuccess() && sight.message().method().equals("BYE"));
        }
    }

    private static void follow(Sight sight, Map<String, Sight> openInvites) {
        if (sight.isFinal()) openInvites.remove(sight.transaction());
        boolean known = sight.isRequest("INVITE") && sight.way() == Way.RECEIVED
                || sight.way() == Way.RECEIVED
                        && !sight.message().isRequest()
                        && sight.message().status() < 200
                        && sight.message().method().equals("INVITE");
        if (known) openInvites.put(sight.transaction(), sight);
    }

    private void invite(Sight invite, Map<String, Sight> openInvites) {
        if (!openInvites.isEmpty()) against(Law.ONE_INVITE_AT_A_TIME, invite, "another one is under way");
    }

    private void afterTheEnd(Sight sight) {
        boolean request = sight.isRequest() && !sight.isRequest("ACK", "BYE"); // BYEs are counted elsewhere
        boolean agreed = sight.isSuccess() && sight.message().method().equals("INVITE");
        if (request || agreed || isByeAfterTheirs(sight)) against(Law.NOTHING_AFTER_THE_END, sight, "too late");
    }

    /** We had answered the phone's BYE. */
    private boolean isByeAfterTheirs(Sight sight) {
        return sight.isRequest("BYE")
                && news.stream()
                        .limit(news.indexOf(sight))
                        .anyMatch(other -> other.way() == Way.RECEIVED
                                && other.isSuccess()
                                && other.message().method().equals("BYE")
                                && other.dialog().equals(sight.dialog()));
    }

    private boolean wasChallenged(Sight request) {
        return all.stream()
                .anyMatch(other -> other.answers(request)
                        && other.isFinal()
                        && Set.of(401, 407).contains(other.message().status()));
    }

    private void acknowledgedBefore(Sight bye, List<Sight> sights) {
        for (Sight ok : sights) {
            boolean accepted = ok.way() == Way.RECEIVED
                    && ok.isSuccess()
                    && ok.message().method().equals("INVITE");
            if (!accepted || ok.place() > bye.place()) continue;
            boolean known = sights.stream()
                    .anyMatch(ack -> ack.way() == Way.SENT
                            && ack.isRequest("ACK")
                            && ack.place() < bye.place()
                            && ack.message().cseq() == ok.message().cseq());
            boolean reinvite = sights.stream()
                    .anyMatch(sight ->
                            sight.isRequest("INVITE") && sight.transaction().equals(ok.transaction()));
            if (!known && !reinvite) against(Law.NO_BYE_BEFORE_THE_ACK, bye, "our 2xx had no ACK yet");
        }
    }
}
