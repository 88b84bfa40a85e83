// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.phones.RawDialog;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.phones.Replaced;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A phone that minds its manners by itself (it answers what is asked in a dialog, acknowledges, repeats what was lost)
 * and makes its own moves only when the story says so, at once: what it is to do with an INVITE, and when it changes or
 * ends its call. A move that makes no sense any more, since the far end was faster, is not made. For one thread.
 */
final class Actor implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(1);
    private static final long OWNER_WAITS_NS = 2_200_000_000L;
    private static final long OTHER_WAITS_NS = 700_000_000L;

    final RawPeer peer;
    final Manners manners = new Manners(this);
    private final Stage stage;
    private final Deque<RawMessage> unread = new ArrayDeque<>();
    private final List<RawMessage> heard = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, RawMessage> answered = new HashMap<>();
    private int traced;
    private Direction wanted;
    private Direction again;
    private long againAt;
    private boolean owner;

    /** Their INVITE that has no final answer of ours. */
    RawMessage theirInvite;

    /** Our INVITE that has no final answer of theirs. */
    RawMessage ourInvite;

    /** Our UPDATE with an offer that has no answer. */
    RawMessage ourUpdate;

    RawDialog dialog;

    /** Somebody said BYE. */
    boolean left;

    /** Gave up: what is answered all the same is ended. */
    boolean unwanting;

    Actor(Stage stage, String name) throws IOException {
        this.stage = stage;
        peer = new RawPeer(name);
    }

    String uri() {
        return peer.uri();
    }

    // ---- listening ----

    /** Takes what has come, for a moment, and deals with it. */
    boolean listens() {
        boolean any = reads(GLANCE);
        if (again != null && System.nanoTime() > againAt) {
            Direction wanted = again;
            again = null;
            reinvites(wanted);
        }
        while (!unread.isEmpty()) deals(unread.removeFirst());
        return any;
    }

    private boolean reads(Duration limit) {
        boolean any = peer.receives(limit);
        for (; traced < peer.trace().size(); traced++) {
            var line = peer.trace().get(traced);
            if (line.way() == io.ifbus.sip.phones.Traced.Way.RECEIVED) unread.add(RawMessage.parse(line.text()));
        }
        return any;
    }

    /** Waits until this is here, and deals with nothing: so it is certain what has left the far end. */
    void sees(String kind) {
        stage.until(
                () -> unread.stream().anyMatch(message -> message.kind().equals(kind)) || !reads(GLANCE) && false,
                peer.name() + " to see " + kind,
                false);
    }

    /** Waits for the next message of this kind that no earlier {@code hears} took. */
    RawMessage hears(String kind) {
        return hears(message -> message.kind().equals(kind), kind);
    }

    RawMessage hears(Predicate<RawMessage> wanted, String what) {
        stage.until(() -> heard.stream().anyMatch(wanted), peer.name() + " to hear " + what, true);
        RawMessage found = heard.stream().filter(wanted).findFirst().orElseThrow();
        heard.remove(found);
        return found;
    }

    /** How many of this kind have come that no {@code hears} took, copies not counted. */
    long count(String kind) {
        return heard.stream().filter(message -> message.kind().equals(kind)).count();
    }

    void forgets() {
        heard.clear();
    }

    private void deals(RawMessage message) {
        String id = message.kind() + message.branch() + message.toTag().orElse("");
        if (seen.add(id)) {
            heard.add(message);
            manners.first(message);
        } else {
            manners.again(message, answered.get(transaction(message)));
        }
    }

    private static String transaction(RawMessage message) {
        return message.branch() + ' ' + message.method();
    }

    // ---- saying ----

    /** Answers a request; the last answer is the one that is repeated. */
    RawMessage replies(RawMessage request, int status, String phrase) {
        return replies(request, peer.response(request, status, phrase));
    }

    RawMessage replies(RawMessage request, RawMessage response) {
        answered.put(transaction(request), response);
        if (response.status() >= 200 && request.equals(theirInvite)) theirInvite = null;
        peer.sendsTo(stage.port(), response);
        return response;
    }

    RawMessage says(RawMessage request) {
        peer.sendsTo(stage.port(), request);
        return request;
    }

    // ---- moves ----

    void invites(String uri) {
        owner = true;
        ourInvite = says(manners.describes(peer.inviteTo(uri), Direction.SENDRECV));
    }

    void invitesReplacing(String uri, Replaced replaced) {
        ourInvite = says(peer.inviteTo(uri).with("Replaces", replaced.toString()));
    }

    void rings() {
        progresses(180, "peer", false);
    }

    void progresses(int status, String tag, boolean described) {
        if (theirInvite == null) return;
        RawMessage progress = peer.response(theirInvite, status, "Progress").toTag(tag);
        replies(theirInvite, described ? progress.sdp(peer.sdp()) : progress);
    }

    /** 200 to their INVITE. */
    void answers() {
        if (theirInvite != null) manners.accept(theirInvite);
    }

    /** 200 of one of several phones behind a proxy that forks. */
    void answers(RawMessage invite, String tag) {
        RawMessage ok = peer.response(invite, 200, "OK").toTag(tag).sdp(peer.sdp());
        boolean first = invite.equals(theirInvite);
        replies(invite, ok);
        if (first) dialog = peer.dialog(ok);
    }

    void answersUnlessRefused(RawMessage invite, String tag) {
        if (theirInvite != null) answers(invite, tag);
    }

    void refuses(int status) {
        if (theirInvite != null) replies(theirInvite, status, "No");
    }

    /** CANCEL, or BYE if the answer has been dealt with. */
    void cancels() {
        unwanting = true;
        if (ourInvite != null) says(peer.cancelOf(ourInvite));
        else byes();
    }

    void byes() {
        if (!isTalking()) return;
        left = true;
        says(dialog.request("BYE"));
    }

    /** A re-INVITE, unless one is under way already. */
    void reinvites(Direction wanted) {
        if (!isFree()) return;
        this.wanted = wanted;
        ourInvite = says(manners.describes(dialog.request("INVITE"), wanted));
    }

    /** After a 491: the one who made the dialog waits longer (RFC 3261 section 14.1). */
    void reinvitesLater() {
        again = wanted;
        againAt = System.nanoTime() + (owner ? OWNER_WAITS_NS : OTHER_WAITS_NS);
    }

    void updates(Direction wanted) {
        if (isFree()) ourUpdate = says(dialog.request("UPDATE").sdp(peer.sdp(wanted)));
    }

    RawMessage infos(char key) {
        RawMessage info =
                dialog.request("INFO").body("application/dtmf-relay", "Signal=" + key + "\r\nDuration=100\r\n");
        return isTalking() ? says(info) : info;
    }

    RawMessage refersTo(String uri) {
        RawMessage refer = dialog.request("REFER").with("Refer-To", "<" + uri + ">");
        return isTalking() ? says(refer) : refer;
    }

    boolean isTalking() {
        return dialog != null && !left;
    }

    private boolean isFree() {
        return isTalking() && ourInvite == null && theirInvite == null && ourUpdate == null;
    }

    @Override
    public void close() {
        peer.close();
    }
}
