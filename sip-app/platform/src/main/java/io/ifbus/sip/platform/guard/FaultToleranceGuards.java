// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.guard.GuardBoard;
import io.ifbus.sip.guard.GuardListener;
import io.ifbus.sip.guard.GuardMeter;
import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.guard.TargetGuard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One guard per target host, made when the first INVITE asks for it. When there are too many, the one that has been
 * idle for longest is forgotten, closed ones first; one with INVITEs that wait is kept. Safe for use by any thread.
 */
public final class FaultToleranceGuards implements TargetGuard, GuardBoard {

    /** How many guards are remembered by default. */
    public static final int MOST = 10_000;

    private static final Comparator<GuardStatus> TROUBLE_FIRST = Comparator.comparing(
                    (GuardStatus status) -> status.state() == GuardState.CLOSED)
            .thenComparing(GuardStatus::host);

    private final GuardPolicy policy;
    private final InstantSource clock;
    private final int most;
    private final GuardNews news;
    private final Map<String, HostGuard> guards = new LinkedHashMap<>(16, 0.75f, true); // least recently used first

    /**
     * The library looks for its parts by the context class loader, so this must run on a thread of the application.
     *
     * @param most how many guards are remembered, 1 or more
     */
    public FaultToleranceGuards(
            GuardPolicy policy, InstantSource clock, int most, GuardMeter meter, List<GuardListener> listeners) {
        this.policy = requireNonNull(policy, "policy");
        this.clock = requireNonNull(clock, "clock");
        if (most < 1) {
            throw new IllegalArgumentException("at least one guard must be remembered");
        }
        this.most = most;
        this.news = new GuardNews(meter, listeners);
        new HostGuard("nobody", policy, clock, news).admit();
    }

    @Override
    public Admission admit(String host) {
        HostGuard guard = hold(requireNonNull(host, "host"));
        try {
            return guard.admit();
        } finally {
            guard.release();
        }
    }

    @Override
    public Optional<Refused> barred(String host) {
        Optional<HostGuard> guard;
        synchronized (guards) {
            guard = Optional.ofNullable(guards.get(host));
        }
        return guard.flatMap(HostGuard::barred);
    }

    @Override
    public List<GuardStatus> list() {
        List<HostGuard> all;
        synchronized (guards) {
            all = new ArrayList<>(guards.values());
        }
        return all.stream().map(HostGuard::status).sorted(TROUBLE_FIRST).toList();
    }

    @Override
    public boolean reset(String host) {
        Optional<HostGuard> guard;
        synchronized (guards) {
            guard = Optional.ofNullable(guards.get(host));
        }
        guard.ifPresent(HostGuard::reset);
        return guard.isPresent();
    }

    private HostGuard hold(String host) {
        Optional<HostGuard> forgotten = Optional.empty();
        HostGuard guard;
        synchronized (guards) {
            guard = guards.get(host);
            if (guard == null) {
                forgotten = forget();
                guard = new HostGuard(host, policy, clock, news);
                guards.put(host, guard);
            }
            guard.hold();
        }
        forgotten.ifPresent(HostGuard::reset); // so that nobody goes on believing that it is open
        return guard;
    }

    /** Makes room for one more, if somebody can be spared. */
    private Optional<HostGuard> forget() {
        if (guards.size() < most) {
            return Optional.empty();
        }
        Optional<Map.Entry<String, HostGuard>> spared =
                spared(guard -> guard.idle() && guard.closed()).or(() -> spared(HostGuard::idle));
        spared.ifPresent(entry -> guards.remove(entry.getKey()));
        return spared.map(Map.Entry::getValue);
    }

    private Optional<Map.Entry<String, HostGuard>> spared(Predicate<HostGuard> wanted) {
        return guards.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .findFirst();
    }
}
