// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.security.Credentials;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;

/**
 * What is known of a request that comes back to this container (JSR 289 section 15.4.1): one on its way from one
 * application to the next, or one that the router has sent around by ROUTE_BACK.
 *
 * @param next what the router has said; null when it is still to be asked
 * @param directive for the router
 * @param region for the router
 * @param state for the router
 * @param entry where the request entered the container first; null if an application made it
 * @param logins with what its sender has logged in at the applications it has passed
 */
record Onward(
        SipApplicationRouterInfo next,
        SipApplicationRoutingDirective directive,
        SipApplicationRoutingRegion region,
        Serializable state,
        EntryPoint entry,
        Set<Credentials> logins) {

    /** Those that are under way, by a name that comes back with them. Safe for use by any thread. */
    static final class UnderWay {
        /** A request that has not come back by then (64*T1 is 32 s) does not come any more; a route may take longer. */
        private static final Duration LONGEST = Duration.ofMinutes(3);

        private final Map<String, Entry> entries = new ConcurrentHashMap<>();
        private final InstantSource clock;

        private record Entry(Onward onward, Instant until) {}

        UnderWay(InstantSource clock) {
            this.clock = clock;
        }

        void put(String name, Onward onward) {
            Instant now = clock.instant();
            if (entries.size() > 1000) { // few are lost, so there is seldom something to find
                entries.values().removeIf(entry -> entry.until().isBefore(now));
            }
            entries.put(name, new Entry(onward, now.plus(LONGEST)));
        }

        /** What was put under that name, once. */
        Optional<Onward> take(String name) {
            return name == null
                    ? Optional.empty()
                    : Optional.ofNullable(entries.remove(name)).map(Entry::onward);
        }

        int size() {
            return entries.size();
        }
    }
}
