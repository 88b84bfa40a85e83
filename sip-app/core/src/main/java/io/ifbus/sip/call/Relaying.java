// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** Two parties talk: what one changes of its session is passed to the other. */
final class Relaying {
    private final Scene scene;
    private final Mode.Flowing flowing;

    Relaying(Scene scene, Mode.Flowing flowing) {
        this.scene = scene;
        this.flowing = flowing;
    }

    Scene heard(LegId leg, LegNews news) {
        if (news instanceof LegNews.Offer e) {
            return offer(leg, e.sdp());
        }
        if (news instanceof LegNews.Agreed e) {
            return agreed(leg, e.sdp());
        }
        if (news instanceof LegNews.Refused e) {
            return refused(leg, e);
        }
        if (news instanceof LegNews.Acked e) {
            return acked(leg, e.sdp());
        }
        return news instanceof LegNews.Withdrawn ? withdrawn(leg) : scene;
    }

    /** The other leg's answer comes all the same, and is acknowledged; if it is here already it waits for its ACK. */
    private Scene withdrawn(LegId leg) {
        LegId other = flowing.pair().other(leg);
        return scene.leg(other) instanceof OwnChange.Agreed
                ? scene.tell(other, Leg::decline).in(flowing.relayed())
                : scene;
    }

    private Scene offer(LegId leg, Optional<Sdp> sdp) {
        LegId other = flowing.pair().other(leg);
        if (flowing.relay().isPresent() || !scene.leg(other).isFree()) {
            return scene.tell(leg, l -> l.refuse(491, ""));
        }
        return scene.tell(other, l -> l.reinvite(sdp)).in(flowing.relaying(new Mode.Relay(leg, sdp.isPresent())));
    }

    private Scene agreed(LegId leg, Optional<Sdp> sdp) {
        LegId asker = flowing.pair().other(leg);
        boolean waiting = isWaiting(asker);
        if (!waiting || flowing.relay().get().offered() || sdp.isEmpty()) {
            Scene acked = scene.tell(leg, Leg::decline);
            boolean quiet = waiting ? sdp.map(Sdp::isQuiet).orElse(flowing.quiet()) : flowing.quiet();
            return (waiting ? answer(acked, asker, sdp) : acked).in(flowing.relayed(quiet));
        }
        return answer(scene, asker, sdp);
    }

    private static Scene answer(Scene scene, LegId asker, Optional<Sdp> sdp) {
        return sdp.isPresent()
                ? scene.tell(asker, l -> l.accept(sdp, scene.at()))
                : scene.tell(asker, l -> l.refuse(488, ""));
    }

    private Scene refused(LegId leg, LegNews.Refused news) {
        if (OpenLeg.isGone(news.status()) && scene.run().isPresent()) {
            return new HandoverEnd(scene.tell(leg, l -> l.hangUp(Optional.empty())))
                    .gone(leg, news.status(), news.phrase());
        }
        if (OpenLeg.isGone(news.status())) {
            return scene.doomed(new EndCause(
                    EndCause.Result.COMPLETED,
                    news.status(),
                    news.phrase(),
                    scene.turn().pair().side(leg).by()));
        }
        LegId asker = flowing.pair().other(leg);
        Reason why = Reason.onward(news.status(), news.phrase());
        Scene told = isWaiting(asker) ? scene.tell(asker, l -> l.refuse(why.status(), why.text())) : scene;
        return told.in(flowing.relayed());
    }

    private boolean isWaiting(LegId asker) {
        return flowing.relay().isPresent() && scene.leg(asker) instanceof PeersChange.PeerChange;
    }

    /** The ACK of the leg that was asked for an offer brings the answer that the other leg waits for. */
    private Scene acked(LegId leg, Optional<Sdp> sdp) {
        boolean owed = flowing.relay()
                .filter(relay -> relay.from().equals(leg) && !relay.offered())
                .isPresent();
        return owed
                ? scene.tell(flowing.pair().other(leg), l -> l.ack(sdp))
                        .in(flowing.relayed(sdp.map(Sdp::isQuiet).orElse(flowing.quiet())))
                : scene;
    }
}
