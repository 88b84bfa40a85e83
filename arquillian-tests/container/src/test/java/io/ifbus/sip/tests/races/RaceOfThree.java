// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import io.ifbus.sip.tests.server.ApiCall;

/** Two who talk, and a third who answers as soon as it is rung. */
record RaceOfThree(Stage stage, Actor a, Actor b, Actor c, ApiCall call) {
    static RaceOfThree talking(Stage stage) {
        Actor a = stage.actor("a");
        Actor b = stage.actor("b");
        Actor c = stage.actor("c");
        ApiCall call = stage.connected(a, b);
        c.manners.welcomes(Manners.Welcome.ANSWER);
        return new RaceOfThree(stage, a, b, c, call);
    }

    /** Whoever is still there is hung up. */
    void end() {
        if (!stage.becomes(call, "connected", "on_hold", "terminated").equals("terminated")) {
            stage.isQuiet();
            call.hangUp();
        }
        stage.ends(call, "completed");
    }
}
