// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ifbus.sip.call.CallId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallWireTest {
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final CallWire call = new CallWire(new CallId(new UUID(1, 2)), null, (session, task) -> queue.add(task));

    private void does(String what) {
        call.inOrder(() -> done.add(what));
    }

    @Test
    void on_the_queue_work_is_done_at_once() {
        call.enter(() -> does("BYE"));
        assertThat(done).containsExactly("BYE");
    }

    @Test
    void from_elsewhere_work_waits_for_the_queue() {
        does("BYE");
        assertThat(done).isEmpty();
        queue.remove().run();
        assertThat(done).containsExactly("BYE");
    }

    @Test
    void what_was_decided_later_on_the_queue_does_not_overtake_what_waits() {
        does("INVITE");
        call.enter(() -> does("BYE"));
        assertThat(done).isEmpty();
        queue.remove().run();
        queue.remove().run();
        assertThat(done).containsExactly("INVITE", "BYE");
        call.enter(() -> does("ACK"));
        assertThat(done).containsExactly("INVITE", "BYE", "ACK");
    }

    @Test
    void work_that_leads_to_more_work_is_followed_by_it_in_order() {
        call.inOrder(() -> {
            done.add("first");
            does("third");
        });
        does("second");
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void a_session_that_has_ended_refuses_and_does_not_block_what_follows() {
        CallWire ended = new CallWire(new CallId(new UUID(1, 2)), null, (session, task) -> {
            throw new IllegalStateException("ended");
        });
        assertThatIllegalStateException().isThrownBy(() -> ended.inOrder(() -> done.add("never")));
        ended.enter(() -> ended.inOrder(() -> done.add("still on the queue")));
        assertThat(done).containsExactly("still on the queue");
    }
}
