// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

/** What holds on the wire whatever happens to a call. */
public enum Law {
    /** Each request but ACK has a final response, whoever sent it (RFC 3261 section 17). */
    A_FINAL_RESPONSE_TO_EACH_REQUEST,
    /** A transaction has one final response and nothing provisional after it (section 17.2.1). */
    ONE_FINAL_RESPONSE,
    /** Each 2xx to an INVITE has an ACK of its own, each refusal the one of its transaction (section 13.2.2.4, 17.1.1.3). */
    AN_ACK_FOR_EACH_FINAL_RESPONSE,
    /** We send one BYE at most in a dialog (section 15). */
    ONE_BYE_PER_DIALOG,
    /** No CANCEL before a provisional response (section 9.1). */
    NO_CANCEL_BEFORE_A_PROVISIONAL_RESPONSE,
    /** No CANCEL, no BYE, nothing in a dialog that has ended but the ACK of a 2xx and responses that are owed (section 15). */
    NOTHING_AFTER_THE_END,
    /** Our requests in a dialog count upwards (section 12.2.1.1). */
    CSEQ_GROWS,
    /** Who answered an INVITE sends no BYE before the ACK (section 15). */
    NO_BYE_BEFORE_THE_ACK,
    /** One INVITE at a time in a dialog, as far as its sender can know (section 14.1). */
    ONE_INVITE_AT_A_TIME
}
