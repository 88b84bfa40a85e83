// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.control.CallDefaults;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.DecideCall;
import io.ifbus.sip.control.HangUpCall;
import io.ifbus.sip.control.HangUpCalls;
import io.ifbus.sip.control.HoldCall;
import io.ifbus.sip.control.Loops;
import io.ifbus.sip.control.Once;
import io.ifbus.sip.control.OriginateCall;
import io.ifbus.sip.control.ReceiveCall;
import io.ifbus.sip.control.Retention;
import io.ifbus.sip.control.SendDigits;
import io.ifbus.sip.control.TransferCall;
import io.ifbus.sip.event.CallEvents;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.platform.cdr.CdrWriter;
import io.ifbus.sip.platform.config.ConfiguredLogins;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.platform.metrics.MicroProfileMeter;
import io.ifbus.sip.platform.timer.ScheduledTimer;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.signal.Logins;
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
    static Calls calls(
            SignalingSlot signaling,
            ScheduledTimer timer,
            InstantSource clock,
            MicroProfileMeter meter,
            Loops loops,
            CallEvents events,
            CdrWriter cdrs,
            TargetGuard guard) {
        Calls calls = new Calls(
                signaling, timer, clock, new Random(), meter, Retention.DEFAULT, List.of(loops, events, cdrs), guard);
        meter.showActive(calls::active);
        return calls;
    }

    @Produces
    @Singleton
    static CallDefaults defaults(MicroProfileSettings settings) {
        return new CallDefaults(
                Settings.RING_TIMEOUT.from(settings),
                Settings.SESSION_EXPIRES.from(settings),
                Settings.OFFER_TIMEOUT.from(settings),
                Settings.OFFER_STATUS.from(settings),
                Settings.TRUSTED_HOSTS.from(settings));
    }

    @Produces
    @Singleton
    static Loops loops() {
        return new Loops();
    }

    @Produces
    @Singleton
    static Logins logins(MicroProfileSettings settings) {
        return ConfiguredLogins.from(settings);
    }

    @Produces
    @Singleton
    static OriginateCall originate(SignalingSlot signaling, Calls calls, CallDefaults defaults, InstantSource clock) {
        return new OriginateCall(signaling, calls, UUID::randomUUID, defaults, new Once<>(clock));
    }

    @Produces
    @Singleton
    static TransferCall transfer(Calls calls, InstantSource clock) {
        return new TransferCall(calls, UUID::randomUUID, new Once<>(clock));
    }

    @Produces
    @Singleton
    static HangUpCall hangUp(Calls calls) {
        return new HangUpCall(calls);
    }

    @Produces
    @Singleton
    static HangUpCalls hangUpMany(Calls calls) {
        return new HangUpCalls(calls);
    }

    @Produces
    @Singleton
    static HoldCall hold(Calls calls) {
        return new HoldCall(calls);
    }

    @Produces
    @Singleton
    static SendDigits digits(Calls calls) {
        return new SendDigits(calls);
    }

    @Produces
    @Singleton
    static DecideCall decide(Calls calls) {
        return new DecideCall(calls);
    }

    @Produces
    @Singleton
    static ReceiveCall receive(Calls calls, Routes routes, CallDefaults defaults, Loops loops) {
        return new ReceiveCall(calls, routes, UUID::randomUUID, defaults, loops);
    }
}
