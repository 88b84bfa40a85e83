// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.phones.RawMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What an {@link Actor} does by itself with what it hears. */
final class Manners {

    /** What becomes of an INVITE that starts a call. */
    enum Welcome {
        /** The story says. */
        WAIT,
        RING,
        ANSWER
    }

    private final Actor actor;
    private final Map<String, RawMessage> acks = new HashMap<>();
    private final Set<String> deaf = new HashSet<>();
    private Welcome welcome = Welcome.WAIT;
    private boolean acknowledges = true;
    private boolean agrees = true;
    private boolean yields = true;
    private int wordy;

    Manners(Actor actor) {
        this.actor = actor;
    }

    void welcomes(Welcome wanted) {
        welcome = wanted;
        RawMessage waiting = actor.theirInvite;
        if (waiting != null && waiting.toTag().isEmpty()) welcome(waiting);
    }

    boolean waitsForTheStory() {
        return welcome == Welcome.WAIT;
    }

    /** Never answers requests of this method. */
    void ignores(String method) {
        deaf.add(method);
    }

    /** Sends no ACK for a 2xx but when told. */
    void keepsAcks() {
        acknowledges = false;
    }

    /** Re-INVITEs wait until the story answers them. */
    void keepsReinvites() {
        agrees = false;
    }

    /** From now on they are answered at once, the one that waits first. */
    void agrees() {
        agrees = true;
        if (actor.theirInvite != null) accept(actor.theirInvite);
    }

    /** Its session descriptions are this many bytes longer than needed. */
    void isWordy(int bytes) {
        wordy = bytes;
    }

    /** Says 200 to a CANCEL, and nothing more to the INVITE. */
    void keepsRefusal() {
        yields = false;
    }

    // ---- what comes ----

    void first(RawMessage message) {
        if (deaf.contains(message.kind())) return;
        if (message.isRequest()) request(message);
        else if (message.status() >= 200) response(message);
    }

    /** A copy: what was said is said again. */
    void again(RawMessage message, RawMessage said) {
        if (deaf.contains(message.kind())) return;
        if (message.isRequest() && said != null) actor.replies(message, said);
        RawMessage ack = acks.get(key(message));
        if (!message.isRequest() && ack != null && acknowledges) actor.says(ack);
    }

    private void request(RawMessage request) {
        switch (request.method()) {
            case "INVITE" -> invite(request);
            case "ACK" -> {}
            case "CANCEL" -> cancelled(request);
            case "BYE" -> bye(request);
            case "UPDATE" -> update(request);
            case "REFER" -> actor.replies(request, 405, "Method Not Allowed");
            default -> actor.replies(request, actor.left ? 481 : 200, "So be it");
        }
    }

    private void invite(RawMessage invite) {
        boolean initial = invite.toTag().isEmpty();
        if (!initial && actor.left) {
            actor.replies(invite, 481, "Gone");
        } else if (!initial && (actor.ourInvite != null || actor.ourUpdate != null)) {
            actor.replies(invite, 491, "Request Pending"); // RFC 3261 section 14.2
        } else {
            actor.theirInvite = invite;
            if (initial) welcome(invite);
            else if (agrees) accept(invite);
        }
    }

    private void welcome(RawMessage invite) {
        if (welcome != Welcome.WAIT) actor.rings();
        if (welcome == Welcome.ANSWER) accept(invite);
    }

    /** 200 with the answer, or with an offer if they made none. */
    void accept(RawMessage invite) {
        RawMessage ok = described(actor.peer.response(invite, 200, "OK"), invite);
        boolean initial = invite.toTag().isEmpty();
        actor.replies(invite, ok);
        if (!initial) return;
        actor.dialog = actor.peer.dialog(ok);
        actor.left = false;
    }

    private RawMessage described(RawMessage response, RawMessage request) {
        return describes(response, answerTo(request.body()));
    }

    /** With a session description. */
    RawMessage describes(RawMessage message, Direction direction) {
        String padding = wordy == 0 ? "" : "a=x-padding:" + "x".repeat(wordy) + "\r\n";
        return message.body("application/sdp", actor.peer.sdp(direction) + padding);
    }

    private static Direction answerTo(String offer) {
        if (offer.contains("a=inactive")) return Direction.INACTIVE;
        if (offer.contains("a=sendonly")) return Direction.RECVONLY;
        return offer.contains("a=recvonly") ? Direction.SENDONLY : Direction.SENDRECV;
    }

    private void cancelled(RawMessage cancel) {
        actor.replies(cancel, 200, "OK");
        RawMessage invite = actor.theirInvite;
        if (yields && invite != null && invite.branch().equals(cancel.branch()))
            actor.replies(invite, 487, "Request Terminated");
    }

    private void bye(RawMessage bye) {
        if (actor.theirInvite != null && actor.theirInvite.toTag().isPresent())
            actor.replies(actor.theirInvite, 487, "Request Terminated"); // RFC 3261 section 15.1.2
        if (actor.dialog == null || actor.dialog.has(bye)) actor.left = true;
        actor.replies(bye, 200, "OK");
    }

    private void update(RawMessage update) {
        boolean offer = !update.body().isEmpty();
        if (actor.left) actor.replies(update, 481, "Gone");
        else if (offer && (actor.ourInvite != null || actor.ourUpdate != null))
            actor.replies(update, 491, "Request Pending");
        else
            actor.replies(
                    update,
                    offer
                            ? described(actor.peer.response(update, 200, "OK"), update)
                            : actor.peer.response(update, 200, "OK"));
    }

    private void response(RawMessage response) {
        if (response.method().equals("UPDATE")) actor.ourUpdate = null;
        if (!response.method().equals("INVITE")) return;
        RawMessage invite = actor.ourInvite;
        actor.ourInvite = null;
        if (response.status() >= 300) {
            if (invite != null) acknowledges(response, actor.peer.ackOf(invite, response));
            if (response.status() == 491) actor.reinvitesLater();
            return;
        }
        if (actor.dialog == null) actor.dialog = actor.peer.dialogFrom(response);
        if (acknowledges) acknowledges(response, actor.dialog.ack(response));
        if (actor.unwanting) actor.byes();
    }

    private void acknowledges(RawMessage response, RawMessage ack) {
        acks.put(key(response), ack);
        actor.says(ack);
    }

    private static String key(RawMessage message) {
        return message.kind() + message.branch() + message.toTag().orElse("");
    }
}
