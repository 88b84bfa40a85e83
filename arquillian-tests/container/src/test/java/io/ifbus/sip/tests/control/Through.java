// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import io.ifbus.sip.phones.RawDialog;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** A call through the server by a route, with a caller and a callee that say only what the story says. For one thread. */
final class Through implements AutoCloseable {

    final RawPeer caller;
    final RawPeer callee;
    /** The caller's. */
    RawMessage invite;
    /** What the caller heard when the callee had answered. */
    RawMessage ok;
    /** What the callee heard then. */
    RawMessage ack;

    RawDialog callers;
    RawDialog callees;

    private final Story story;

    Through(Story story) {
        this.story = story;
        try {
            caller = new RawPeer("caller");
            callee = new RawPeer("callee");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return story.server().ports().sip();
    }

    /** What the caller has to dial. */
    String number() {
        return story.server().sipUri(Integer.toString(callee.port()));
    }

    void toServer(RawMessage fromCaller) {
        caller.sendsTo(port(), fromCaller);
    }

    /** The caller's INVITE reaches the callee. */
    void calls(UnaryOperator<RawMessage> change) {
        invites(change);
        callee.hears("INVITE");
    }

    /** The same, but the caller dials this. */
    void callsAt(String uri, UnaryOperator<RawMessage> change) {
        invitesAt(uri, change);
        callee.hears("INVITE");
    }

    /** The caller sends its INVITE. */
    void invites(UnaryOperator<RawMessage> change) {
        invitesAt(number(), change);
    }

    private void invitesAt(String uri, UnaryOperator<RawMessage> change) {
        invite = change.apply(caller.inviteTo(uri));
        toServer(invite);
    }

    /** The callee takes the call, and both hear of it. */
    void answers(UnaryOperator<RawMessage> change) {
        RawMessage theirs = change.apply(callee.response(200, "OK").sdp(callee.sdp()));
        callees = callee.dialog(theirs);
        callee.sends(theirs);
        ok = caller.expects("200 INVITE");
        callers = caller.dialogFrom(ok);
        toServer(acknowledgement());
        ack = callee.expects("ACK");
    }

    private RawMessage acknowledgement() {
        RawMessage plain = callers.ack(ok);
        return invite.find("Session-ID").isPresent()
                ? plain.with("Session-ID", swapped(ok.header("Session-ID")))
                : plain;
    }

    private static String swapped(String named) {
        String[] halves = named.split(";remote=");
        return halves[1] + ";remote=" + halves[0];
    }

    /** A refusal reaches the caller, who acknowledges it. */
    RawMessage callerIsRefused(int status) {
        RawMessage refusal = caller.expects(status + " INVITE");
        toServer(caller.ackOf(invite, refusal));
        return refusal;
    }

    void callerHangsUp() {
        toServer(callers.request("BYE"));
        callee.hears("BYE").answers(200, "OK");
        caller.expects("200 BYE");
    }

    @Override
    public void close() {
        caller.close();
        callee.close();
    }
}
