// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallIdTest {
    @Test
    void bareUuidAndBack() {
        CallId id = CallId.parse("3f1c2a9e-0000-4000-8000-000000000001").orElseThrow();
        assertThat(id).hasToString("if://call/3f1c2a9e-0000-4000-8000-000000000001");
        assertThat(CallId.parse(id.bare())).contains(id);
        assertThat(CallId.parse("1-2-3-4-5")).isEmpty();
        assertThat(CallId.parse(id.toString())).isEmpty();
        assertThat(CallId.parse(null)).isEmpty();
    }
}
