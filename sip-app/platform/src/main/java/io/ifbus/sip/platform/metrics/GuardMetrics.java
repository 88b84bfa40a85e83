// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.metrics;

import io.ifbus.sip.guard.GuardBoard;
import io.ifbus.sip.guard.GuardListener;
import io.ifbus.sip.guard.GuardMeter;
import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.RefusedBecause;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * What guards do, on MicroProfile Metrics. A target is named once its guard has opened or refused something, and the first
 * {@link #MOST_TARGETS} only, so that callers who make up hosts cannot fill the memory; refusals of all others are counted
 * together.
 */
public final class GuardMetrics implements GuardListener, GuardMeter {

    /** How many targets have a tag of their own. */
    static final int MOST_TARGETS = 100;

    /** The tag of all others. */
    static final String OTHER = "other";

    private final MetricRegistry registry;
    private final Map<String, AtomicReference<GuardState>> named = new HashMap<>();

    public GuardMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    /** Shows how many guards of {@code board} are in each state. */
    public void show(GuardBoard board) {
        for (GuardState state : GuardState.values()) {
            registry.gauge(metadata(MetricName.GUARD_TARGETS), () -> count(board, state), state(state));
        }
    }

    @Override
    public void changed(String host, GuardState from, GuardState to) {
        named(host).ifPresent(shown -> shown.set(to));
    }

    @Override
    public void refused(String host, RefusedBecause reason) {
        String target = named(host).isPresent() ? host : OTHER;
        registry.counter(metadata(MetricName.GUARD_REFUSED), target(target), new Tag("reason", reason.word()))
                .inc();
    }

    /** What is shown of {@code host}, if it has a tag of its own. */
    private synchronized Optional<AtomicReference<GuardState>> named(String host) {
        if (!named.containsKey(host) && named.size() < MOST_TARGETS) {
            AtomicReference<GuardState> shown = new AtomicReference<>(GuardState.CLOSED);
            named.put(host, shown);
            show(host, shown);
        }
        return Optional.ofNullable(named.get(host));
    }

    private void show(String host, AtomicReference<GuardState> shown) {
        for (GuardState state : GuardState.values()) {
            registry.gauge(
                    metadata(MetricName.GUARD_STATE), () -> shown.get() == state ? 1 : 0, target(host), state(state));
        }
    }

    private static long count(GuardBoard board, GuardState state) {
        return board.list().stream().filter(guard -> guard.state() == state).count();
    }

    private static Tag target(String target) {
        return new Tag("target", target);
    }

    private static Tag state(GuardState state) {
        return new Tag("state", state.word());
    }

    private static Metadata metadata(MetricName name) {
        return Metadata.builder()
                .withName(name.registered())
                .withDescription(name.meaning())
                .build();
    }
}
