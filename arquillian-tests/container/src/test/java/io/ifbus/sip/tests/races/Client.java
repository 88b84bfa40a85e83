// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.server.Api;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Wishes that may come too late, and are refused then. */
record Client(Api api) {

    private static final long LOOK_EVERY_NS = 60_000_000;

    /** The call that came from this port. */
    Optional<ApiCall> callFrom(int port) {
        return api.get("/v1/calls?limit=500").list("calls").stream()
                .filter(call -> String.valueOf(call.get("from")).endsWith(":" + port))
                .findFirst()
                .map(call -> api.call(call.get("call_id").toString()));
    }

    /** Hold, which a call that is ending refuses: 409. */
    void triesHold(ApiCall call) {
        assertThat(api.put("/v1/calls/" + call.id() + "/hold").status()).isIn(202, 409);
    }

    /** What comes too late for a transfer or an offered call is refused: 404 or 409. */
    void cancels(ApiTransfer transfer) {
        assertThat(api.delete(transfer.path()).status()).isIn(202, 404, 409);
    }

    void decides(ApiCall call, String decision) {
        assertThat(api.post("/v1/calls/" + call.id() + '/' + decision, Map.of()).status())
                .isIn(202, 409);
    }

    /** A transfer, which is refused if the call cannot be transferred now: 409. */
    void triesTransfer(ApiCall call, Actor target) {
        assertThat(api.post("/v1/calls/" + call.id() + "/transfers", Map.of("target", target.uri()))
                        .status())
                .isIn(202, 409);
    }

    /** What is dear to find out. */
    static BooleanSupplier nowAndThen(BooleanSupplier condition) {
        long[] last = {System.nanoTime() - LOOK_EVERY_NS};
        return () -> {
            if (System.nanoTime() - last[0] < LOOK_EVERY_NS) return false;
            boolean holds = condition.getAsBoolean();
            last[0] = System.nanoTime();
            return holds;
        };
    }
}
