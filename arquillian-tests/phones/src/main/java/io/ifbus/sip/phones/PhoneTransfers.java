// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

/** How a phone transfers, and is transferred (RFC 3515, RFC 5589). Its methods may be called from any thread. */
abstract class PhoneTransfers extends PhoneHands {

    private static final String REFER = "REFER";

    PhoneTransfers(PhoneBuilder wanted) {
        super(wanted);
    }

    // ---- as the one who transfers ----

    /** Asks the far end to call somebody else: a blind transfer. */
    public Phone refersTo(String uri) {
        return refers(Referral.to(uri));
    }

    /** Asks the far end to take our place in another call of ours: an attended transfer. */
    public Phone refersTo(String uri, PhoneCall other) {
        return refers(Referral.to(uri).replacing(other.replaceable()));
    }

    public Phone refers(Referral referral) {
        talks().call().refer(referral);
        return self();
    }

    /** A NOTIFY has told of this status since the call began. */
    public Phone hearsProgress(int status) {
        return waits("hear of " + status, () -> call().notified().stream()
                .anyMatch(progress -> progress.status() == status));
    }

    // ---- as the one who is transferred ----

    /**
     * Answers a REFER in the current call with this status; waits for it if it is not here yet. No call is placed and no
     * NOTIFY sent. The phone must have been built with {@link PhoneBuilder#transfers()} and without
     * {@link #followsRefers()}.
     */
    public Phone answersRefer(int status) {
        return answersRefer(Reply.of(status));
    }

    public Phone answersRefer(Reply reply) {
        waits("get a REFER", () -> call().hasDeferred(REFER));
        call().answerDeferred(REFER, reply);
        return self();
    }

    /**
     * Does what a REFER in the current call asks for: 202, an INVITE, with Replaces if so asked, and NOTIFYs of its
     * progress. The new call becomes the current one; the old one stays until somebody ends it.
     */
    public Phone followsRefer() {
        return answersRefer(Reply.usual());
    }

    /** The same, from now on, for each REFER at once. */
    public Phone followsRefers() {
        switchboard.manners().followsRefers();
        return self();
    }

    /** Sends NOTIFY in the current call: a subscription over if the status is final, else active. */
    public Phone notifies(int status) {
        return notifies(status, status < 200 ? Referrals.ACTIVE : Referrals.OVER);
    }

    /** @param subscription the Subscription-State header, such as {@code terminated;reason=noresource} */
    public Phone notifies(int status, String subscription) {
        call().tell(status, subscription);
        return self();
    }

    /** From now on its NOTIFYs never leave. */
    public Phone losesNotifies() {
        switchboard.manners().losesNotifies();
        return self();
    }
}
