// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.header.RSeq;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.HashMap;
import java.util.Map;
import javax.sip.ResponseEvent;
import javax.sip.header.RSeqHeader;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * The reliable provisional responses that have come to an INVITE of ours, by the To tag of the early dialog: they are
 * taken in order, each once (RFC 3262 section 4). Used alone with the session.
 */
final class ReliableReceipts {
    private final Map<String, Long> last = new HashMap<>();
    private boolean answered;

    /** Whether the event is a reliable response out of its order, or one that came before. */
    static boolean isOutOfOrder(ResponseEvent event) {
        Response response = event.getResponse();
        RSeq sequence = (RSeq) response.getHeader(RSeqHeader.NAME);
        if (sequence == null || response.getStatusCode() >= 200 || event.getClientTransaction() == null) {
            return false;
        }
        return event.getClientTransaction().getApplicationData() instanceof TransactionApplicationData data
                && data.getProxyBranch() == null
                && data.getSipServletMessage() instanceof ServletRequestMessage invite
                && !invite.reliableReceipts().accept((SIPResponse) response, sequence.getSeqNumber());
    }

    /** Any number begins; then one after the other. */
    private boolean accept(SIPResponse response, long sequence) {
        String tag = response.getToTag();
        Long before = last.get(tag);
        if (before != null && sequence != before + 1) {
            return false;
        }
        last.put(tag, sequence);
        answered |= response.getContentLength().getContentLength() > 0;
        return true;
    }

    /** Whether one of them held a session description: the far side's answer. */
    boolean haveAnswered() {
        return answered;
    }
}
