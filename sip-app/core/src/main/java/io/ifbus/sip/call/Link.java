// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/**
 * The joining of two legs by third party call control (RFC 3725): the first gives an offer, the second is re-INVITEd
 * with it, and its answer goes back to the first.
 *
 * <pre>
 *  ASK --first is free: re-INVITE without offer--> ASKED --2xx with an offer--> OFFER
 *  OFFER --second is free: re-INVITE with the offer--> OFFERED --2xx: ACK; the answer to the first--> joined
 *  491 to either: back to ASK or OFFER, until that leg is free again
 * </pre>
 *
 * @param first gives the offer
 * @param second answers it
 * @param sdp the offer, once it is known
 * @param known what the first has of the second already; if its answer is something else the first is re-INVITEd too
 */
record Link(LegId first, LegId second, Stage stage, Optional<Sdp> sdp, Optional<Sdp> known) {
    enum Stage {
        ASK,
        ASKED,
        OFFER,
        OFFERED
    }

    Link {
        requireNonNull(first, "first");
        requireNonNull(second, "second");
        requireNonNull(stage, "stage");
    }

    /** Both are up; the first is asked for an offer. */
    static Link asking(LegId first, LegId second) {
        return new Link(first, second, Stage.ASK, Optional.empty(), Optional.empty());
    }

    /** The first has made its offer and waits for the answer. */
    static Link offering(LegId first, LegId second, Sdp offer) {
        return new Link(first, second, Stage.OFFER, Optional.of(offer), Optional.empty());
    }

    /** The first has answered {@code known} already; {@code second} is to be told that answer. */
    static Link telling(LegId second, LegId first, Sdp answer, Sdp known) {
        return new Link(first, second, Stage.OFFER, Optional.of(answer), Optional.of(known));
    }

    boolean has(LegId leg) {
        return first.equals(leg) || second.equals(leg);
    }

    /** The second may have taken the first's offer. */
    boolean mayHaveChangedSecond() {
        return stage == Stage.OFFERED;
    }

    Link at(Stage next) {
        return new Link(first, second, next, sdp, known);
    }

    private Link with(Sdp offer) {
        return new Link(first, second, Stage.OFFER, Optional.of(offer), known);
    }

    /** Does what the legs allow now. */
    Scene pursue(Scene scene, Mode.Linking mode) {
        if (stage == Stage.ASK && scene.leg(first).isFree()) {
            return scene.tell(first, leg -> leg.reinvite(Optional.empty())).in(linking(mode, at(Stage.ASKED)));
        }
        if (stage == Stage.OFFER && scene.leg(second).isFree()) {
            return scene.tell(second, leg -> leg.offer(sdp.orElseThrow(), scene.at()))
                    .in(linking(mode, at(Stage.OFFERED)));
        }
        return scene;
    }

    /** News of one of the two legs. */
    Scene heard(Scene scene, Mode.Linking mode, LegId leg, LegNews news) {
        if (news instanceof LegNews.Agreed e) {
            return agreed(scene, mode, leg, e.sdp());
        }
        if (news instanceof LegNews.Refused e) {
            return refused(scene, mode, leg, e);
        }
        if (news instanceof LegNews.Acked e && stage == Stage.OFFERED && leg.equals(second)) {
            return answered(scene, mode, e.sdp()); // an INVITE that asked for the offer: its ACK has the answer
        }
        if (news instanceof LegNews.Offer) {
            return scene.tell(leg, l -> l.refuse(491, ""));
        }
        return scene; // an ACK or a withdrawal: the leg is free now
    }

    private Scene refused(Scene scene, Mode.Linking mode, LegId leg, LegNews.Refused news) {
        boolean asked = stage == Stage.ASKED && leg.equals(first) || stage == Stage.OFFERED && leg.equals(second);
        if (!asked && !OpenLeg.isGone(news.status())) {
            return scene; // something from before: the leg is free now
        }
        return news.status() == 491
                ? scene.in(linking(mode, at(leg.equals(first) ? Stage.ASK : Stage.OFFER)))
                : scene.linkFailed(mode, Optional.of(leg), news.status(), news.phrase());
    }

    private Scene agreed(Scene scene, Mode.Linking mode, LegId leg, Optional<Sdp> said) {
        if (stage == Stage.ASKED && leg.equals(first)) {
            return said.isPresent()
                    ? scene.in(linking(mode, with(said.get())))
                    : scene.tell(leg, l -> l.ack(Optional.empty())).linkFailed(mode, Optional.of(leg), 488, "No offer");
        }
        Scene acked = scene.tell(leg, Leg::decline);
        return stage == Stage.OFFERED && leg.equals(second) ? answered(acked, mode, said) : acked;
    }

    private Scene answered(Scene scene, Mode.Linking mode, Optional<Sdp> answer) {
        boolean waits = !(scene.leg(first) instanceof OpenLeg) || scene.leg(first) instanceof OwnChange.Agreed;
        if (waits) {
            return scene.tell(first, leg -> leg.answer(answer, scene.at())).linked(mode);
        }
        boolean news = known.isPresent() && answer.isPresent() && !answer.get().hasMediaOf(known.get());
        return news ? scene.in(linking(mode, offering(second, first, answer.get()))) : scene.linked(mode);
    }

    private static Mode.Linking linking(Mode.Linking mode, Link link) {
        return new Mode.Linking(link, mode.purpose(), mode.before());
    }
}
