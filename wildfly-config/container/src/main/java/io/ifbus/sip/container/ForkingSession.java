// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Iterator;
import org.mobicents.servlet.sip.core.b2bua.MobicentsB2BUAHelper;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.SipSessionImpl;
import org.mobicents.servlet.sip.core.session.SipSessionKey;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** The engine's SIP session, with those that were derived from it (JSR 289 section 6.2.3.2), which outlive it. */
abstract class ForkingSession extends SipSessionImpl {
    private final Forks forks = new Forks();

    ForkingSession(SipSessionKey key, SipFactoryImpl factory, MobicentsSipApplicationSession parent) {
        super(key, factory, parent);
    }

    @Override
    public void setB2buaHelper(MobicentsB2BUAHelper made) {
        boolean plain = made != null && !(made instanceof CallBridge);
        super.setB2buaHelper(plain ? new CallBridge(sipFactory, this) : made);
    }

    Forks forks() {
        return forks;
    }

    @Override
    public void addDerivedSipSessions(MobicentsSipSession derived) {
        forks.add(derived);
    }

    @Override
    public MobicentsSipSession findDerivedSipSession(String tag) {
        return forks.find(tag);
    }

    @Override
    public Iterator<MobicentsSipSession> getDerivedSipSessions() {
        return forks.iterator();
    }

    @Override
    public MobicentsSipSession removeDerivedSipSession(String tag) {
        MobicentsSipSession removed = forks.remove(tag);
        if (!isValidInternal() && forks.isEmpty()) { // kept for their sake
            getSipApplicationSession().getSipContext().getSipManager().removeSipSession(getKey());
        }
        return removed;
    }

    /** The engine ends the session that this one comes from, too. */
    @Override
    public void onTerminatedState() {
        if (isValidInternal()) {
            onReadyToInvalidate();
        }
    }
}
