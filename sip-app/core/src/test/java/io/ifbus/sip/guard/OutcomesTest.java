// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void a_server_that_says_it_cannot_serve_has_failed(int status) {
        assertThat(Outcomes.isFailure(status, true)).isTrue();
        assertThat(Outcomes.isFailure(status, false)).isTrue();
    }

    @Test
    void a_time_out_is_a_failure_only_if_nothing_was_heard() {
        assertThat(Outcomes.isFailure(408, false)).isTrue();
        assertThat(Outcomes.isFailure(408, true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 302, 400, 401, 403, 404, 405, 407, 480, 482, 486, 487, 488, 501, 505, 513, 600, 603})
    void everything_else_is_a_sign_of_life(int status) {
        assertThat(Outcomes.isFailure(status, true)).isFalse();
    }

    @Test
    void giving_up_before_anything_was_heard_is_not_the_target_s_failure() {
        assertThat(Outcomes.isFailure(487, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 700})
    void what_is_no_status_is_refused(int status) {
        assertThatIllegalArgumentException().isThrownBy(() -> Outcomes.isFailure(status, true));
    }
}
