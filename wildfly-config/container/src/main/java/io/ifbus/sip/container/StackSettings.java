// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Properties;
import org.mobicents.ext.javax.sip.dns.DNSAwareRouter;

/** How the SIP stack is set up, whatever the server's settings. */
final class StackSettings {
    private StackSettings() {}

    static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "ifbus-sip");
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"); // dialogs are the engine's
        properties.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        properties.setProperty("gov.nist.javax.sip.LOOSE_DIALOG_VALIDATION", "true");
        properties.setProperty(
                "javax.sip.ROUTER_PATH", DNSAwareRouter.class.getName()); // takes its hop off the message
        properties.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true"); // message waiting
        properties.setProperty("gov.nist.javax.sip.MAX_FORK_TIME_SECONDS", "32"); // 64*T1: RFC 6026 section 7.2
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true"); // events stay on their queue
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        properties.setProperty("gov.nist.javax.sip.CANCEL_CLIENT_TRANSACTION_CHECKED", "false");
        properties.setProperty("gov.nist.javax.sip.IS_BACK_TO_BACK_USER_AGENT", "false");
        // what nobody answers ends some day; nobody rings for an hour, and senders give up the rest after 64*T1
        properties.setProperty("gov.nist.javax.sip.MAX_TX_LIFETIME_INVITE", "3600"); // s
        properties.setProperty("gov.nist.javax.sip.MAX_TX_LIFETIME_NON_INVITE", "300");
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", MessageLog.class.getName());
        return properties;
    }
}
