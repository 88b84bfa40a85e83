// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import javax.sip.Dialog;
import javax.sip.Transaction;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletResponseImpl;

/** The engine's response with what Servlet 6 added to {@code ServletResponse}. */
final class ServletResponseMessage extends SipServletResponseImpl {
    private static final long serialVersionUID = 1L;

    ServletResponseMessage(
            Response response,
            SipFactoryImpl factory,
            Transaction transaction,
            MobicentsSipSession session,
            Dialog dialog,
            boolean received,
            boolean retransmission) {
        super(response, factory, transaction, session, dialog, received, retransmission);
    }


    @Override
    public void setContentLengthLong(long length) {
        setContentLength(Math.toIntExact(length));
    }
}
