// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.event.CallEvents;
import io.ifbus.sip.event.EventLog;
import io.ifbus.sip.event.LinkEvents;
import io.ifbus.sip.platform.config.ConfiguredStreams;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The event stream's source and its settings. */
@Dependent
public class EventComposition {

    /** The server always sets it; the fallback is for running outside of one. */
    private static final String NODE_NAME = System.getProperty("jboss.node.name", "local");

    /** Reads the settings when the application starts, so that one that cannot be read stops it there and then. */
    void begin(@Observes Startup startup, ConfiguredStreams streams) {}

    /** Counts on from the microseconds since 1970, so that positions rise over restarts although memory is lost. */
    @Produces
    @Singleton
    static EventLog eventLog(MicroProfileSettings settings, InstantSource clock) {
        return new EventLog(
                Settings.EVENTS_KEPT.from(settings), ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    @Produces
    @Singleton
    static CallEvents callEvents(EventLog log, InstantSource clock) {
        return new CallEvents(log::append, clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    static LinkEvents linkEvents(EventLog log, InstantSource clock) {
        return new LinkEvents(log::append, clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    static ConfiguredStreams streams(MicroProfileSettings settings) {
        return ConfiguredStreams.from(settings, NODE_NAME);
    }
}
