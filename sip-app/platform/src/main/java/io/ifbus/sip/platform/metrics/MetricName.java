// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.metrics;

import java.util.List;

/** Every metric of the application. The table in docs/metrics.md is compared with this list. */
public enum MetricName {
    CALLS_STARTED("ifbus_calls_started", "_total", "Calls that began.", "direction"),
    CALLS_ENDED("ifbus_calls_ended", "_total", "Calls that are over, by result.", "direction", "result"),
    CALLS_ACTIVE("ifbus_calls_active", "", "Calls that are living now."),
    LEG_SETUP(
            "ifbus_leg_setup",
            "_seconds",
            "From our INVITE sent (outbound) or received (inbound) to its 2xx received or sent, per leg.",
            "direction"),
    SURPRISES("ifbus_surprises", "_total", "Events that a call's state had no use for.", "state", "event"),
    GUARD_TARGETS("ifbus_guard_targets", "", "Targets whose guard is in that state.", "state"),
    GUARD_STATE("ifbus_guard_state", "", "1 if the target's guard is in that state, else 0.", "target", "state"),
    GUARD_REFUSED("ifbus_guard_refused", "_total", "Calls that a guard did not let pass.", "target", "reason"),
    EVENT_STREAMS("ifbus_event_streams", "", "Event streams that are open now."),
    CDRS_DROPPED("ifbus_cdrs_dropped", "_total", "Call detail records that were lost."),
    CDR_STORE_FAILURES("ifbus_cdr_store_failures", "_total", "Failed attempts to write call detail records.");

    private final String name;
    private final String suffix;
    private final String meaning;
    private final List<String> tags;

    MetricName(String name, String suffix, String meaning, String... tags) {
        this.name = name;
        this.suffix = suffix;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /** The name under which it is registered. */
    String registered() {
        return name;
    }

    /** The name under which Prometheus sees it; a histogram adds {@code _bucket}, {@code _count}, {@code _sum}. */
    public String exported() {
        return name + suffix;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** Names of its tags. */
    public List<String> tags() {
        return tags;
    }
}
