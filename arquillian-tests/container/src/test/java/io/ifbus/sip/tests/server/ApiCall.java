// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A call as the API shows it, for telephone stories. */
public final class ApiCall {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Api api;
    private final String id;

    ApiCall(Api api, String id) {
        this.api = api;
        this.id = id;
    }

    /** As it stands in URLs. */
    public String id() {
        return id;
    }

    /** The call as it is now. */
    public ApiAnswer look() {
        return api.get("/v1/calls/" + id);
    }

    /** Hangs up; the answer says that it was accepted. */
    public ApiCall hangUp() {
        assertThat(api.delete("/v1/calls/" + id).status())
                .as("status of DELETE")
                .isEqualTo(202);
        return this;
    }

    /** Puts both parties on hold; accepted. */
    public ApiCall hold() {
        return accepted(api.put("/v1/calls/" + id + "/hold"));
    }

    /** Lets them hear each other again; accepted. */
    public ApiCall resume() {
        return accepted(api.delete("/v1/calls/" + id + "/hold"));
    }

    /** Sends digits to the callee; accepted. */
    public ApiCall dtmf(String digits) {
        return accepted(api.post("/v1/calls/" + id + "/dtmf", Map.of("digits", digits)));
    }

    /** What becomes of a call that was offered; accepted. */
    public ApiCall decided(String decision, Map<String, ?> details) {
        return accepted(api.post("/v1/calls/" + id + "/" + decision, details));
    }

    private ApiCall accepted(ApiAnswer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return this;
    }

    /** Has one party handed over; accepted. */
    public ApiTransfer transfers(Map<String, ?> order) {
        ApiAnswer answer = api.post("/v1/calls/" + id + "/transfers", order);
        accepted(answer);
        return transfer(answer.text("transfer_id"));
    }

    /** Waits until the call has been asked for a transfer; the newest. */
    public ApiTransfer lastTransfer() {
        String all = "/v1/calls/" + id + "/transfers";
        await().atMost(PATIENCE).until(() -> !api.get(all).list("transfers").isEmpty());
        List<Map<String, Object>> transfers = api.get(all).list("transfers");
        return transfer(String.valueOf(transfers.get(transfers.size() - 1).get("transfer_id")));
    }

    private ApiTransfer transfer(String transferId) {
        return new ApiTransfer(
                api, "/v1/calls/" + id + "/transfers/" + transferId.substring(transferId.lastIndexOf('/') + 1));
    }

    public ApiCall becomes(String state) {
        return becomes(state, PATIENCE);
    }

    public ApiCall becomes(String state, Duration patience) {
        await().atMost(patience).pollInterval(LOOK_EVERY).untilAsserted(() -> assertThat(look())
                .satisfies(answer ->
                        assertThat(answer.text("state")).as("%s", answer).isEqualTo(state)));
        return this;
    }

    /** Waits until it is over, for this reason and by that party. */
    public ApiCall ends(String result, int code, String by) {
        becomes("terminated");
        ApiAnswer answer = look();
        assertThat(List.of(answer.text("result"), answer.text("hangup_cause.code"), answer.text("hangup_cause.by")))
                .as("%s", answer)
                .containsExactly(result, Integer.toString(code), by);
        return this;
    }

    /** The states that it went through, oldest first. */
    public List<String> states() {
        return look().list("history").stream()
                .map(change -> String.valueOf(change.get("state")))
                .toList();
    }
}
