// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static io.ifbus.sip.call.TransferRun.Stage.HANDING_OVER;
import static io.ifbus.sip.call.TransferRun.Stage.REFERRED;

/** A transfer that the phone of the party to be handed over makes, and tells us of (RFC 3515). */
record HandoverByPhone(Scene scene) {
    private TransferRun run() {
        return scene.run().orElseThrow();
    }

    Step heard(LegId leg, CallEvent.OnLeg event) {
        if (!leg.equals(new Handover(scene).transferee())) {
            return scene.done();
        }
        if (event instanceof CallEvent.ReferAnswered e) {
            return answered(e).done();
        }
        return event instanceof CallEvent.Notified e ? notified(e) : scene.done();
    }

    private Scene answered(CallEvent.ReferAnswered e) {
        if (e.status() < 300) {
            return scene.with(run().by(Transfer.Method.REFER).at(REFERRED));
        }
        boolean unable = e.status() == 405 || e.status() == 420 || e.status() == 501;
        if (!unable || run().transfer().method() != Transfer.Method.AUTO) {
            return new HandoverEnd(scene).fail(e.status(), e.phrase());
        }
        if (run().target().isEmpty()) {
            return new HandoverStart(scene).dial(run());
        }
        return scene.leg(run().target().get()) instanceof ClosedLeg // it left while we asked
                ? new HandoverEnd(scene).fail(487, "Target hung up")
                : scene.with(run().by(Transfer.Method.B2BUA).at(HANDING_OVER));
    }

    private Step notified(CallEvent.Notified e) {
        if (e.status() >= 300) {
            return new HandoverEnd(scene).fail(e.status(), e.phrase()).done();
        }
        if (e.status() >= 200) {
            Turn turn = scene.turn();
            Transfer done = run().transfer().ended(Transfer.State.COMPLETED, 200, "OK", turn.at());
            return turn.with(done).end(new EndCause(EndCause.Result.COMPLETED, 200, "Transferred", EndCause.By.API));
        }
        return e.over()
                ? new HandoverEnd(scene)
                        .fail(487, "The phone stopped reporting")
                        .done()
                : scene.done();
    }
}
