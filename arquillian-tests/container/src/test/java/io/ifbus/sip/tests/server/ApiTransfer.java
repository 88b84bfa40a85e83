// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

/** A transfer as the API shows it, for telephone stories. */
public final class ApiTransfer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Api api;
    private final String path;

    ApiTransfer(Api api, String path) {
        this.api = api;
        this.path = path;
    }

    /** Its resource. */
    public String path() {
        return path;
    }

    /** The transfer as it is now. */
    public ApiAnswer look() {
        return api.get(path);
    }

    public ApiTransfer becomes(String state) {
        return becomes(state, PATIENCE);
    }

    public ApiTransfer becomes(String state, Duration patience) {
        await().atMost(patience).pollInterval(LOOK_EVERY).untilAsserted(() -> assertThat(look())
                .satisfies(answer ->
                        assertThat(answer.text("state")).as("%s", answer).isEqualTo(state)));
        return this;
    }

    /** Waits until it has failed so. */
    public ApiTransfer fails(int code) {
        becomes("failed");
        assertThat(look().text("code")).isEqualTo(Integer.toString(code));
        return this;
    }

    /** Ends the consultation; accepted. */
    public ApiTransfer complete() {
        assertThat(api.post(path + "/complete", Map.of()).status()).isEqualTo(202);
        return this;
    }

    /** Gives it up; accepted. */
    public ApiTransfer cancel() {
        assertThat(api.delete(path).status()).isEqualTo(202);
        return this;
    }
}
