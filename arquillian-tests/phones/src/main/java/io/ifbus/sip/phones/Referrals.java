// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.javax.sip.message.SIPResponse;
import io.ifbus.sip.phones.PhoneCall.State;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** REFERs of either side and the NOTIFYs that tell what became of them (RFC 3515). For the line's thread. */
final class Referrals {

    static final String ACTIVE = "active;expires=60";
    static final String OVER = "terminated;reason=noresource";

    private final CallCore call;
    private final Equipment equipment;

    /** What the far end told us of our REFERs. Guarded by the watch. */
    private final List<Progress> told = new ArrayList<>();

    private boolean wantsNotifies = true;

    Referrals(CallCore call, Equipment equipment) {
        this.call = call;
        this.equipment = equipment;
    }

    // ---- as the one who refers ----

    void refer(Referral referral) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Refer-To", referral.referTo());
        referral.referredBy().ifPresent(by -> headers.put("Referred-By", "<" + by + ">"));
        if (!referral.subscription()) headers.put("Refer-Sub", "false"); // RFC 4488 section 4
        call.send(Request.REFER, request -> equipment.messages().set(request, headers));
    }

    void notified(Request notify, ServerTransaction transaction) throws Exception {
        Progress progress = Progress.of(Messages.body(notify), Messages.header(notify, "Subscription-State"));
        equipment.watch().change(() -> told.add(progress));
        equipment.messages().respond(transaction, Response.OK);
    }

    List<Progress> told() {
        return equipment.watch().look(() -> List.copyOf(told));
    }

    // ---- as the one who is referred ----

    /** Answers 202 and no more. */
    void accept(Request refer, ServerTransaction transaction, int status, Map<String, String> extra) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        wantsNotifies = !"false".equals(Messages.header(refer, "Refer-Sub").orElse(""));
        if (status < 300 && !wantsNotifies) headers.put("Refer-Sub", "false");
        headers.putAll(extra);
        equipment.messages().respond(transaction, status, Optional.empty(), headers);
    }

    /** Answers 202, places the call, and tells how it goes. */
    void follow(Request refer, ServerTransaction transaction) throws Exception {
        Optional<String> referTo = Messages.header(refer, "Refer-To");
        if (referTo.isEmpty()) {
            equipment.messages().respond(transaction, Response.BAD_REQUEST); // RFC 3515 section 2.4.2
            return;
        }
        accept(refer, transaction, Response.ACCEPTED, Map.of());
        tell(Response.TRYING);
        String uri = referTo.get().replaceFirst("^[^<]*<([^>]*)>.*$", "$1");
        String[] parts = uri.split("\\?", 2);
        Map<String, String> headers = new LinkedHashMap<>();
        if (parts.length == 2)
            for (String header : parts[1].split("&")) {
                String[] pair = header.split("=", 2);
                if (pair.length == 2) headers.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        Messages.header(refer, "Referred-By").ifPresent(by -> headers.put("Referred-By", by));
        CallCore placed = equipment.exchange().dial(parts[0], true, headers);
        placed.whenProgressed(this::tell);
    }

    private void tell(int status) throws Exception {
        if (wantsNotifies && call.state() != State.ENDED && call.state() != State.HANGING_UP)
            tell(status, status < 200 ? ACTIVE : OVER);
    }

    /** Sends a NOTIFY, unless the phone loses them. */
    void tell(int status, String subscription) throws Exception {
        if (!equipment.manners().notifies()) return;
        call.send(Request.NOTIFY, request -> {
            Messages messages = equipment.messages();
            if (request.getHeader("Event") == null) messages.set(request, "Event", "refer");
            messages.set(request, "Subscription-State", subscription);
            messages.content(
                    request, "message/sipfrag;version=2.0", "SIP/2.0 " + status + " " + phrase(status) + "\r\n");
        });
    }

    private static String phrase(int status) {
        return SIPResponse.getReasonPhrase(status);
    }
}
