// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.HangUpCall;
import io.ifbus.sip.control.OriginateCall;
import io.ifbus.sip.control.ReceiveCall;
import io.ifbus.sip.control.Retention;
import io.ifbus.sip.platform.cdr.CdrWriter;
import io.ifbus.sip.platform.config.ConfiguredRoutes;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.platform.metrics.MicroProfileMeter;
import io.ifbus.sip.platform.timer.ScheduledTimer;
import io.ifbus.sip.route.RouteTable;
import io.ifbus.sip.signal.SignalingSlot;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Core, made once per node. */
@Dependent
public class Composition {

    /** Makes everything when the application starts, so that a setting that cannot be read stops it there and then. */
    void begin(@Observes Startup startup, Calls calls, OriginateCall originate, ReceiveCall receive) {}

    @Produces
    @Singleton
    static InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    static SignalingSlot signaling() {
        return new SignalingSlot();
    }

    @Produces
    @Singleton
    static ScheduledTimer timer() {
        return new ScheduledTimer();
    }

    static void close(@Disposes ScheduledTimer timer) {
        timer.close();
    }

    @Produces
    @Singleton
    static RouteTable routes(MicroProfileSettings settings) {
        return ConfiguredRoutes.from(settings);
    }

    @Produces
    @Singleton
    static Calls calls(
            SignalingSlot signaling,
            ScheduledTimer timer,
            InstantSource clock,
            MicroProfileMeter meter,
            CdrWriter cdrs) {
        Calls calls = new Calls(signaling, timer, clock, new Random(), meter, Retention.DEFAULT, List.of(cdrs));
        meter.showActive(calls::active);
        return calls;
    }

    @Produces
    @Singleton
    static OriginateCall originate(SignalingSlot signaling, Calls calls, MicroProfileSettings settings) {
        return new OriginateCall(signaling, calls, UUID::randomUUID, Settings.RING_TIMEOUT.from(settings));
    }

    @Produces
    @Singleton
    static HangUpCall hangUp(Calls calls) {
        return new HangUpCall(calls);
    }

    @Produces
    @Singleton
    static ReceiveCall receive(Calls calls, RouteTable routes, MicroProfileSettings settings) {
        return new ReceiveCall(calls, routes, UUID::randomUUID, Settings.RING_TIMEOUT.from(settings));
    }
}
