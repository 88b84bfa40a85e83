// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.CompactNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.servlet.sip.SipServletMessage.HeaderForm;
import javax.sip.message.Message;

/** In which form each header field of one message is to be written (JSR 289, {@code SipServletMessage.HeaderForm}). */
final class HeaderForms implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, String> set = new HashMap<>(); // compact names of the application, by the long ones
    private HeaderForm form = HeaderForm.DEFAULT;

    /** The application has set or added a field by that name: by default it is written so. */
    void named(String name, Message message) {
        String full = HeaderNames.full(name).toLowerCase(Locale.ROOT);
        boolean changed = HeaderNames.isCompact(name) ? set.put(full, name) == null : set.remove(full) != null;
        if (changed) {
            mark(message);
        }
    }

    void become(HeaderForm wanted, Message message) {
        form = wanted;
        mark(message);
    }

    /** A copy of another message is written by its own names. */
    static void forget(Message message) {
        if (isMarked(message)) {
            message.removeHeader(CompactNames.NAME);
        }
    }

    private static boolean isMarked(Message message) {
        return message.getHeader(CompactNames.NAME) instanceof CompactNames;
    }

    private void mark(Message message) {
        forget(message);
        Map<String, String> compact =
                switch (form) {
                    case COMPACT -> HeaderNames.compact();
                    case LONG -> Map.of();
                    case DEFAULT -> set;
                };
        if (!compact.isEmpty()) {
            ((SIPMessage) message).setHeader((javax.sip.header.Header) new CompactNames(compact));
        }
    }

    /** The names without that of the mark. */
    static Iterator<String> visible(Iterator<String> names, Message message) {
        if (!isMarked(message)) {
            return names;
        }
        List<String> visible = new ArrayList<>();
        names.forEachRemaining(visible::add);
        visible.removeIf(CompactNames.NAME::equalsIgnoreCase);
        return visible.iterator();
    }
}
