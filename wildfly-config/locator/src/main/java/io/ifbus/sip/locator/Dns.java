// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Name servers and what they have said, kept as long as they allow, but an hour at most. A question that they did not answer in time is not
 * asked again for 5 s, so that silent servers don't delay each message. Safe for use by any thread.
 */
final class Dns {
    private static final int CACHED = 10_000; // record sets
    private static final Duration LONGEST = Duration.ofHours(1); // whatever their time to live
    private static final Duration LONGEST_NEGATIVE = Duration.ofMinutes(5);
    private static final Duration SILENCE = Duration.ofSeconds(5); // RFC 2308 section 7: at most 5 minutes

    private final List<InetSocketAddress> servers;
    private final HostsFile hosts;
    private final Cache cache = new Cache(DClass.IN);
    private final Map<String, Long> silent =
            new LinkedHashMap<>() { // unanswered questions, by System.nanoTime; guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > CACHED;
                }
            };
    private volatile Duration budget;

    Dns(List<InetSocketAddress> servers, HostsFile hosts, Duration budget) {
        this.servers = List.copyOf(servers);
        this.hosts = requireNonNull(hosts, "hosts");
        this.cache.setMaxEntries(CACHED);
        this.cache.setMaxCache((int) LONGEST.toSeconds());
        this.cache.setMaxNCache((int) LONGEST_NEGATIVE.toSeconds());
        setBudget(budget);
    }

    Duration budget() {
        return budget;
    }

    void setBudget(Duration time) {
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException("the time for a search must be at least 1 ms, was " + time);
        }
        budget = time;
    }

    /** Starts a search; all its questions together take the budget at most. */
    Search search() {
        return new Search(System.nanoTime() + budget.toNanos());
    }

    /** Questions with one deadline. Used by one thread. What cannot be answered in time has no answer. */
    final class Search {
        private final long deadline;

        private Search(long deadline) {
            this.deadline = deadline;
        }

        /** The records of that type, aliases followed; none if there are none, or the name is no name. */
        <R extends Record> List<R> records(String name, int type, Class<R> as) {
            Name absolute;
            try {
                absolute = Name.fromString(name, Name.root);
            } catch (TextParseException e) {
                return List.of(); // no such name can exist
            }
            String question = absolute + " " + type;
            long left = deadline - System.nanoTime();
            if (left <= 0 || wasUnanswered(question)) {
                return List.of();
            }
            Lookup lookup = new Lookup(absolute, type);
            lookup.setCache(cache);
            lookup.setResolver(new BoundedResolver(servers, deadline - left / 2)); // time for other questions
            Record[] answers = lookup.run();
            if (lookup.getResult() == Lookup.TRY_AGAIN) {
                noteUnanswered(question);
            }
            return answers == null
                    ? List.of()
                    : Arrays.stream(answers)
                            .filter(as::isInstance)
                            .map(as::cast)
                            .toList();
        }

        /** IPv4 addresses, then IPv6 ones; those of the system's own table, if it has the name. */
        List<String> addresses(String name) {
            List<String> own = hosts.find(name);
            if (!own.isEmpty()) {
                return own;
            }
            List<String> found = new ArrayList<>();
            records(name, Type.A, ARecord.class)
                    .forEach(a -> found.add(a.getAddress().getHostAddress()));
            records(name, Type.AAAA, AAAARecord.class)
                    .forEach(a -> found.add(a.getAddress().getHostAddress()));
            return found;
        }
    }

    private boolean wasUnanswered(String question) {
        synchronized (silent) {
            Long asked = silent.get(question);
            return asked != null && System.nanoTime() - asked < SILENCE.toNanos();
        }
    }

    private void noteUnanswered(String question) {
        synchronized (silent) {
            silent.remove(question); // so that it becomes the youngest
            silent.put(question, System.nanoTime());
        }
    }

    /** Whether the system's own table has the name, so that no server is asked. */
    boolean isOwn(String name) {
        return !hosts.find(name).isEmpty();
    }
}
