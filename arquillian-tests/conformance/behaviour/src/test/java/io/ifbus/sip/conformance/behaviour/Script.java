// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/**
 * What the application does in one test, and what has happened to it. A hook is the name of a method of the API: {@code
 * doInvite}, {@code doErrorResponse}, {@code timeout}, {@code sessionDestroyed}.
 */
final class Script {
    static final Script EMPTY = new Script();

    /** What is done at a hook. */
    @FunctionalInterface
    interface Act<T> {
        void on(T event) throws Exception;
    }

    /**
     * One call of the application.
     *
     * @param servlet the name of the servlet or listener object
     */
    record Event(String hook, String servlet, Object subject) {
        SipServletRequest request() {
            return (SipServletRequest) subject;
        }

        SipServletResponse response() {
            return (SipServletResponse) subject;
        }

        @Override
        public String toString() {
            return hook + (subject instanceof SipServletResponse response ? " " + response.getStatus() : "");
        }
    }

    private final Map<String, Act<Object>> acts = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Set<Event> told =
            Collections.newSetFromMap(new IdentityHashMap<>()); // used by the test's thread alone
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    void onRequest(String hook, Act<SipServletRequest> act) {
        acts.put(hook, event -> act.on((SipServletRequest) event));
    }

    void onResponse(String hook, Act<SipServletResponse> act) {
        acts.put(hook, event -> act.on((SipServletResponse) event));
    }

    <T> void on(String hook, Class<T> type, Act<T> act) {
        acts.put(hook, event -> act.on(type.cast(event)));
    }

    /** Notes the call and plays its part. What an assertion throws there fails the test at its end. */
    void play(String hook, String servlet, Object subject) throws Exception {
        events.add(new Event(hook, servlet, subject));
        Act<Object> act = acts.get(hook);
        if (act == null) {
            return;
        }
        try {
            act.on(subject);
        } catch (Intended e) {
            throw e;
        } catch (Exception | AssertionError e) {
            failures.add(e);
            throw e;
        }
    }

    /** An exception that the story wants the application to throw. */
    static final class Intended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Intended() {
            super("thrown by the application on purpose");
        }

        Intended(Exception cause) {
            super("passed on by the application on purpose", cause);
        }
    }

    /** The next call of that hook that the test was not told of. */
    Event gets(String hook) {
        await().atMost(Phone.PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(next(hook))
                .as("the application waits for %s, got so far: %s, failures: %s", hook, events, failures)
                .isPresent());
        Event event = next(hook).orElseThrow();
        told.add(event);
        return event;
    }

    private Optional<Event> next(String hook) {
        return events.stream()
                .filter(event -> event.hook().equals(hook) && !told.contains(event))
                .findFirst();
    }

    /** Fails if that hook is or was called within that time from now without the test being told. */
    void getsNo(String hook, Duration time) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .during(time)
                .atMost(time.plusSeconds(2))
                .untilAsserted(() ->
                        assertThat(events).noneMatch(event -> event.hook().equals(hook) && !told.contains(event)));
    }

    /** The hooks called so far, in order. */
    List<String> hooks() {
        return events.stream().map(Event::hook).toList();
    }

    /** The events so far of these hooks, in order. */
    List<Event> events(String... hooks) {
        return events.stream().filter(e -> List.of(hooks).contains(e.hook())).toList();
    }

    void assertNothingFailed() {
        assertThat(failures).isEmpty();
    }
}
