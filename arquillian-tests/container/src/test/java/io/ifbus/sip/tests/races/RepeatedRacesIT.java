// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.RawMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A request that comes again, also in a transaction of its own. On a server of their own: the stack never ends the
 * transaction of a request whose CSeq it has had.
 */
class RepeatedRacesIT {

    @RegisterExtension
    final Races races = Races.withQuickTimers();

    @Test
    void aRepeatedReferIsOneTransfer() throws Exception {
        races.runs(stage -> {
            stage.suspends(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST); // the stack drops a CSeq that it has had
            RaceOfThree three = RaceOfThree.talking(stage);
            RawMessage refer = three.b()
                    .dialog
                    .request("REFER")
                    .with("Refer-To", "<" + three.c().uri() + ">");
            three.b().says(refer);
            stage.cross(() -> three.b().says(refer), () -> three.b()
                    .says(refer.with("Via", three.b().peer.newVia())));
            three.c().hears("ACK");
            three.end();
            assertThat(three.c().count("INVITE")).isOne();
            assertThat(three.b().count("202 REFER")).isOne();
        });
    }

    @Test
    void aRepeatedInfoIsOneDigit() throws Exception {
        races.runs(stage -> {
            stage.suspends(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST); // the stack drops a CSeq that it has had
            RaceOfThree three = RaceOfThree.talking(stage);
            RawMessage info = three.b().infos('7');
            stage.cross(() -> three.b().says(info), () -> three.b()
                    .says(info.with("Via", three.b().peer.newVia())));
            three.a().hears("INFO");
            stage.isQuiet();
            three.end();
            assertThat(three.a().count("INFO")).isZero();
        });
    }
}
